package io.syncline.bench;

/** A contender that cannot be measured here; the message says why, for whoever reads the results. */
final class NotMeasuredException extends Exception {

    NotMeasuredException(String reason) {
        super(reason);
    }
}
