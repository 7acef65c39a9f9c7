package io.syncline.common.kafka;

import java.util.Collection;
import java.util.Map;

/** Tells a topic that was deleted and made anew from the one that had its name before. */
public interface TopicIds {

    /**
     * The id that Kafka gave each topic when it was made; none for a topic that is not there.
     *
     * @throws org.apache.kafka.common.KafkaException where Kafka does not answer
     */
    Map<String, String> of(Collection<String> topics) throws InterruptedException;
}
