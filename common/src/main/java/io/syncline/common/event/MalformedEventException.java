package io.syncline.common.event;

/** Bytes on one of Syncline's topics that Syncline did not write, or not whole. */
public final class MalformedEventException extends RuntimeException {

    public MalformedEventException(String message, Throwable cause) {
        super(message, cause);
    }
}
