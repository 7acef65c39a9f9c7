package io.syncline.extractor.ownership;

import io.syncline.common.event.RejectHeader;
import io.syncline.common.event.Topics;
import io.syncline.common.event.Watermark;
import io.syncline.common.kafka.CommittedEvents;
import io.syncline.common.kafka.OpenTransactions;
import io.syncline.common.model.TableId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends as they ended elsewhere the transactions that Kafka has left open in single partitions.
 *
 * <p>When a transaction ends while a partition has no leader, since its broker was away for a moment, brokers of Kafka 4.3 take the
 * partition for deleted and never tell it ({@code TransactionMarkerChannelManager}: "these partitions are likely deleted already").
 * Readers wait behind the transaction there until the same producer's next one ends, by which both are committed or both aborted:
 * rows that were taken back would be there twice, and rows that were published would be gone.
 *
 * <p>A transaction holds rows of one table and its watermark. It was committed if its watermark is; where that one is open, too, if
 * any of its rows is. It is ended by a transaction of the same producer that says nothing in the partition. Stateless.
 */
final class UnendedTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(UnendedTransactions.class);

    /** The key of an event without value, which all readers pass over. */
    private static final byte[] NOTHING = "syncline: the end of a transaction".getBytes(StandardCharsets.UTF_8);

    private static final Duration SETTLING = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** What Kafka holds of the tables. */
    interface Log {
        /** The newest committed watermark of each table, up to an offset. */
        Map<TableId, Watermark> watermarks(int partition, long end) throws InterruptedException;

        /** The first record at or behind an offset that is there, committed or not. */
        ConsumerRecord<byte[], byte[]> uncommitted(TopicPartition partition, long offset) throws InterruptedException;
    }

    private final Topics topics;
    private final OpenTransactions openTransactions;
    private final CommittedEvents committed;
    private final Log log;

    UnendedTransactions(Topics topics, OpenTransactions openTransactions, CommittedEvents committed, Log log) {
        this.topics = topics;
        this.openTransactions = openTransactions;
        this.committed = committed;
        this.log = log;
    }

    /** Which tables' rows, and which watermarks, one producer writes. */
    record Scope(TopicPartition watermarks, Map<String, TableId> tableOfTopic, List<TopicPartition> rows) {

        Scope {
            tableOfTopic = Map.copyOf(tableOfTopic);
            rows = List.copyOf(rows);
        }

        /** What no other producer writes. */
        List<TopicPartition> own() {
            List<TopicPartition> own = new ArrayList<>(rows);
            own.add(watermarks);
            return own;
        }
    }

    /**
     * To be called by a new owner before it reads or publishes anything.
     *
     * @param producer just opened, so that Kafka has ended all transactions of its id, as far as it knows of them
     * @throws KafkaException where some could not be ended
     */
    void end(Scope scope, Collection<TopicPartition> shared, Producer<byte[], byte[]> producer)
            throws InterruptedException {
        Map<TopicPartition, Long> open = new HashMap<>(openTransactions.in(scope.own()));
        open.putAll(openForLong(shared));
        if (open.isEmpty()) {
            return;
        }
        LOG.warn("Kafka has left transactions open, which are ended now first offsets={}", open);
        Plan plan = plan(scope, open);
        if (!plan.commit().isEmpty()) {
            send(plan.commit(), producer);
            producer.commitTransaction();
        }
        if (!plan.abort().isEmpty()) {
            send(plan.abort(), producer);
            producer.abortTransaction();
        }
        requireNone(scope);
    }

    /** Others write there, too, and a transaction of theirs may just be under way. */
    private Map<TopicPartition, Long> openForLong(Collection<TopicPartition> shared) throws InterruptedException {
        long deadline = System.nanoTime() + SETTLING.toNanos();
        Map<TopicPartition, Long> open = new HashMap<>(openTransactions.in(shared));
        while (!open.isEmpty() && System.nanoTime() - deadline < 0) {
            Thread.sleep(PAUSE.toMillis());
            open.entrySet().retainAll(openTransactions.in(shared).entrySet());
        }
        return open;
    }

    /** Nothing may be on its way when a transaction ends. */
    private static void send(List<ProducerRecord<byte[], byte[]>> events, Producer<byte[], byte[]> producer) {
        producer.beginTransaction();
        for (ProducerRecord<byte[], byte[]> event : events) {
            // what fails on its way makes the commit fail
            Future<RecordMetadata> unused = producer.send(event);
        }
        producer.flush();
    }

    /** @throws KafkaException where a transaction of the producer, which has none in hand, is open for longer than it takes to end */
    void requireNone(Scope scope) throws InterruptedException {
        long deadline = System.nanoTime() + SETTLING.toNanos();
        Map<TopicPartition, Long> open = openTransactions.in(scope.own());
        while (!open.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new KafkaException("Kafka holds transactions open that have ended; first offsets: " + open);
            }
            Thread.sleep(PAUSE.toMillis());
            open = openTransactions.in(scope.own());
        }
    }

    private record Plan(List<ProducerRecord<byte[], byte[]>> commit, List<ProducerRecord<byte[], byte[]>> abort) {}

    private Plan plan(Scope scope, Map<TopicPartition, Long> open) throws InterruptedException {
        Plan plan = new Plan(new ArrayList<>(), new ArrayList<>());
        Long undecidedAt = open.get(scope.watermarks());
        Map<TableId, Watermark> reached = new HashMap<>(
                log.watermarks(scope.watermarks().partition(), undecidedAt == null ? Long.MAX_VALUE : undecidedAt));
        if (undecidedAt != null) {
            ConsumerRecord<byte[], byte[]> undecided = log.uncommitted(scope.watermarks(), undecidedAt);
            Watermark watermark = Watermark.decode(undecided.value());
            boolean wasCommitted = hasCommittedRows(watermark, reached.get(watermark.table()), open);
            if (wasCommitted) {
                reached.put(watermark.table(), watermark);
            }
            // the same once more says nothing new
            (wasCommitted ? plan.commit() : plan.abort())
                    .add(new ProducerRecord<>(
                            undecided.topic(), undecided.partition(), undecided.key(), undecided.value()));
        }
        open.forEach((partition, offset) -> {
            TableId table = scope.tableOfTopic().get(partition.topic());
            if (table != null) {
                boolean wasCommitted = end(reached.get(table), partition.partition()) >= offset;
                (wasCommitted ? plan.commit() : plan.abort()).add(nothing(partition));
            } else if (!partition.equals(scope.watermarks())) {
                // a schema or a reject too many does no harm
                plan.commit().add(nothing(partition));
            }
        });
        return plan;
    }

    private static ProducerRecord<byte[], byte[]> nothing(TopicPartition partition) {
        ProducerRecord<byte[], byte[]> event =
                new ProducerRecord<>(partition.topic(), partition.partition(), NOTHING, null);
        RejectHeader.CLOSED.addTo(event.headers(), "nothing");
        return event;
    }

    /** Whether readers are given the newest row of a transaction in any partition in which it is not open. */
    private boolean hasCommittedRows(Watermark undecided, @Nullable Watermark before, Map<TopicPartition, Long> open) {
        String rows = topics.rows(undecided.table());
        Map<TopicPartition, Long> newest = IntStream.range(0, undecided.ends().size())
                .filter(i -> end(undecided, i) > end(before, i))
                .boxed()
                .collect(Collectors.toMap(i -> new TopicPartition(rows, i), i -> end(undecided, i)));
        newest.keySet().removeAll(open.keySet());
        return !committed.readable(newest).isEmpty();
    }

    private static long end(@Nullable Watermark watermark, int partition) {
        return Optional.ofNullable(watermark)
                .filter(known -> partition < known.ends().size())
                .map(known -> known.ends().get(partition))
                .orElse(-1L);
    }
}
