package io.syncline.common.row;

/** Bytes that are no row of the schema that their fingerprint names. */
public final class MalformedRowException extends RuntimeException {

    public MalformedRowException(String message) {
        super(message);
    }
}
