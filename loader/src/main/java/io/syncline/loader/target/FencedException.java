package io.syncline.loader.target;

/** Another loader has taken the partition over; this one must not write it any more. */
public final class FencedException extends RuntimeException {

    public FencedException(String message) {
        super(message);
    }
}
