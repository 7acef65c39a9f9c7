package io.syncline.extractor.ownership;

import io.syncline.common.event.MalformedEventException;
import io.syncline.common.event.Topics;
import io.syncline.common.event.Watermark;
import io.syncline.common.kafka.LogEnds;
import io.syncline.common.model.TableId;
import io.syncline.extractor.publish.PublishedSchemas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what Kafka knows of tables: watermarks of one partition, and schema versions. Stateless. */
final class WatermarkLog {

    private static final Logger LOG = LoggerFactory.getLogger(WatermarkLog.class);
    private static final Duration POLL = Duration.ofMillis(200);
    /** Longer than it takes until an extractor that stands still within a transaction has a successor, who ends that. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Topics topics;
    private final Supplier<org.apache.kafka.clients.consumer.Consumer<byte[], byte[]>> consumers;
    private final Supplier<org.apache.kafka.clients.consumer.Consumer<byte[], byte[]>> uncommittedConsumers;
    private final LogEnds logEnds;

    WatermarkLog(
            Topics topics,
            Supplier<org.apache.kafka.clients.consumer.Consumer<byte[], byte[]>> consumers,
            Supplier<org.apache.kafka.clients.consumer.Consumer<byte[], byte[]>> uncommittedConsumers,
            LogEnds logEnds) {
        this.topics = topics;
        this.consumers = consumers;
        this.uncommittedConsumers = uncommittedConsumers;
        this.logEnds = logEnds;
    }

    /** The newest watermark of each table in a partition; none of an open transaction, which must be ended before. */
    Map<TableId, Watermark> watermarks(int partition) throws InterruptedException {
        return watermarks(partition, Long.MAX_VALUE);
    }

    /** As {@link #watermarks(int)}, but no further than to an offset, since an open transaction may stand there. */
    Map<TableId, Watermark> watermarks(int partition, long end) throws InterruptedException {
        Map<TableId, Watermark> newest = new HashMap<>();
        read(new TopicPartition(topics.watermarks(), partition), end, event -> {
            try {
                TableId table = Watermark.decodeKey(event.key());
                if (event.value() == null) {
                    newest.remove(table);
                } else {
                    newest.put(table, Watermark.decode(event.value()));
                }
            } catch (MalformedEventException e) {
                LOG.warn("an event on the watermarks topic is not ours offset={}: {}", event.offset(), e.getMessage());
            }
        });
        return newest;
    }

    /** Every version there is; waits for transactions that others have open, since committed ones may stand behind them. */
    void schemas(PublishedSchemas schemas) throws InterruptedException {
        read(new TopicPartition(topics.schemas(), 0), Long.MAX_VALUE, event -> {
            if (event.value() != null) {
                schemas.add(event.value());
            }
        });
    }

    /** The records at or behind an offset, committed or not. */
    List<ConsumerRecord<byte[], byte[]>> uncommitted(TopicPartition partition, long offset)
            throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
        try (var consumer = uncommittedConsumers.get()) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, offset);
            long end = logEnds.of(List.of(partition)).getOrDefault(partition, 0L);
            readTo(consumer, partition, end, events::add);
        }
        return events;
    }

    private void read(TopicPartition partition, long limit, Consumer<ConsumerRecord<byte[], byte[]>> events)
            throws InterruptedException {
        try (var consumer = consumers.get()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = Math.min(limit, logEnds.of(List.of(partition)).getOrDefault(partition, 0L));
            readTo(consumer, partition, end, events);
        }
    }

    private static void readTo(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
            TopicPartition partition,
            long end,
            Consumer<ConsumerRecord<byte[], byte[]>> events) {
        long progress = System.nanoTime();
        long position = consumer.position(partition);
        while (position < end) {
            consumer.poll(POLL).forEach(events);
            long reached = consumer.position(partition);
            progress = reached == position ? progress : System.nanoTime();
            position = reached;
            if (System.nanoTime() - progress > PATIENCE.toNanos()) {
                throw new TimeoutException("a transaction has been open in " + partition + " at " + position + " for "
                        + PATIENCE.toMinutes() + " minutes; where it stays open, abort it by kafka-transactions.sh");
            }
        }
    }
}
