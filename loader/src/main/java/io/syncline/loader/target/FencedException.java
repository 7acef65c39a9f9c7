package io.syncline.loader.target;

import java.util.OptionalLong;

/** Another loader has taken the partition over; this one must not write it any more. */
public final class FencedException extends RuntimeException {

    private final OptionalLong rival;

    public FencedException(String message) {
        super(message);
        this.rival = OptionalLong.empty();
    }

    /** @param rival the epoch that stands in the way */
    public FencedException(String message, long rival) {
        super(message);
        this.rival = OptionalLong.of(rival);
    }

    /** The epoch that keeps this loader from taking over; empty where it was found while writing. */
    public OptionalLong rival() {
        return rival;
    }
}
