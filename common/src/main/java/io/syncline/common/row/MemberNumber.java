package io.syncline.common.row;

/**
 * An ENUM's or SET's value that its name does not tell.
 *
 * @param number an ENUM's index, 0 for its error value; a SET's bits
 * @param name what the server prints for it
 */
public record MemberNumber(long number, String name) {}
