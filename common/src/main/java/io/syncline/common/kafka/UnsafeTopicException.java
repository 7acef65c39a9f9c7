package io.syncline.common.kafka;

/** An existing topic is set up so that it would lose rows; the service stops. */
public final class UnsafeTopicException extends RuntimeException {

    public UnsafeTopicException(String message) {
        super(message);
    }
}
