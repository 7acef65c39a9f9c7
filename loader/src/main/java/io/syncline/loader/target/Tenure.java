package io.syncline.loader.target;

/**
 * What a loader has taken over.
 *
 * @param epoch under which its batches are written
 * @param nextOffset the first that is not applied
 */
public record Tenure(long epoch, long nextOffset) {}
