package io.syncline.common.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tells whether single events are there for readers of committed ones. Thread-safe. */
public final class CommittedEvents implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private @Nullable Consumer<byte[], byte[]> consumer;
    private boolean closed;

    /** @param consumers of committed records, of which one is made when it is needed */
    public CommittedEvents(Supplier<Consumer<byte[], byte[]>> consumers) {
        this.consumers = consumers;
    }

    /**
     * Of these offsets, which their partitions must have reached, those that readers are given.
     *
     * @throws TimeoutException where an open transaction keeps Kafka from saying so
     */
    public synchronized Set<TopicPartition> readable(Map<TopicPartition, Long> offsets) {
        if (offsets.isEmpty()) {
            return Set.of();
        }
        Consumer<byte[], byte[]> reader = reader();
        try {
            return read(reader, offsets);
        } finally {
            reader.assign(List.of());
        }
    }

    /** As {@link #readable}, but of any offsets: those that are not reached, or are behind an open transaction, are not given now. */
    public synchronized Set<TopicPartition> readableNow(Map<TopicPartition, Long> offsets) {
        if (offsets.isEmpty()) {
            return Set.of();
        }
        Map<TopicPartition, Long> ends = reader().endOffsets(offsets.keySet());
        Map<TopicPartition, Long> reached = new HashMap<>(offsets);
        reached.entrySet().removeIf(each -> ends.getOrDefault(each.getKey(), 0L) <= each.getValue());
        return readable(reached);
    }

    private static Set<TopicPartition> read(Consumer<byte[], byte[]> reader, Map<TopicPartition, Long> offsets) {
        Set<TopicPartition> found = new HashSet<>();
        reader.assign(offsets.keySet());
        offsets.forEach(reader::seek);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (offsets.entrySet().stream().anyMatch(each -> reader.position(each.getKey()) <= each.getValue())) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("open transactions hide events of " + offsets.keySet());
            }
            for (ConsumerRecord<byte[], byte[]> event : reader.poll(POLL)) {
                TopicPartition partition = new TopicPartition(event.topic(), event.partition());
                if (offsets.getOrDefault(partition, -1L) == event.offset()) {
                    found.add(partition);
                }
            }
        }
        return found;
    }

    private Consumer<byte[], byte[]> reader() {
        if (closed) {
            throw new KafkaException("the reader is closed");
        }
        Consumer<byte[], byte[]> known = consumer;
        if (known == null) {
            known = consumers.get();
            consumer = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (consumer != null) {
            consumer.close();
        }
    }
}
