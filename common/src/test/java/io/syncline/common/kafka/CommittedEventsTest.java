package io.syncline.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class CommittedEventsTest {

    private static final TopicPartition FIRST = new TopicPartition("rows", 0);
    private static final TopicPartition SECOND = new TopicPartition("rows", 1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final CommittedEvents events = new CommittedEvents(() -> consumer);

    @Test
    void anEventIsReadableWhereItsOffsetIsGiven() {
        consumer.schedulePollTask(() -> {
            add(FIRST, 7);
            // the event at 3 was aborted, and the next one is behind it
            add(SECOND, 5);
        });

        assertThat(events.readable(Map.of(FIRST, 7L, SECOND, 3L))).isEqualTo(Set.of(FIRST));
        assertThat(consumer.assignment()).isEmpty();
    }

    @Test
    void nothingIsAskedOfNothing() {
        CommittedEvents unasked = new CommittedEvents(() -> {
            throw new AssertionError("no consumer is needed");
        });

        assertThat(unasked.readable(Map.of())).isEmpty();
    }

    private void add(TopicPartition partition, long offset) {
        consumer.addRecord(
                new ConsumerRecord<>(partition.topic(), partition.partition(), offset, new byte[] {1}, new byte[] {2}));
    }
}
