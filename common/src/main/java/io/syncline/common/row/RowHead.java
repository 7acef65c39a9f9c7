package io.syncline.common.row;

import org.jspecify.annotations.Nullable;

/**
 * What stands in a row before its columns.
 *
 * @param generation the full refresh that the row belongs to, null for an incremental load
 */
public record RowHead(String loadId, @Nullable Long generation) {}
