package io.syncline.extractor.source;

/** A table cannot be read as {@code tables.json} asks; it halts until the one or the other is mended. */
public final class UnfitTableException extends RuntimeException {

    public UnfitTableException(String message) {
        super(message);
    }
}
