package io.syncline.common.kafka;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;

/** Gives an admin call's failure back as the exception that Kafka meant. */
public final class KafkaFailure {

    private KafkaFailure() {}

    public static RuntimeException of(ExecutionException e) {
        Throwable cause = e.getCause();
        return cause instanceof RuntimeException known ? known : new KafkaException(String.valueOf(cause), cause);
    }
}
