package io.syncline.extractor.ownership;

import io.syncline.common.event.MalformedEventException;
import io.syncline.common.event.RejectHeader;
import io.syncline.common.event.SchemaChange;
import io.syncline.common.event.Topics;
import io.syncline.common.event.TransactionEnd;
import io.syncline.common.event.Watermark;
import io.syncline.common.kafka.CommittedEvents;
import io.syncline.common.kafka.OpenTransactions;
import io.syncline.common.model.TableId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
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
 * <p>A transaction holds rows of one table, or a version of its schema, and its watermark. It was committed if its watermark is;
 * where that one is open, too, if any of the rest is. It is ended by a transaction of the same producer that says nothing new in
 * the partition. Thread-safe.
 */
final class UnendedTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(UnendedTransactions.class);

    /** How long a transaction may take to end in all its partitions. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(50);

    /** What Kafka holds. */
    interface Log {
        /** The newest committed watermark of each table, up to an offset. */
        Map<TableId, Watermark> watermarks(int partition, long end) throws InterruptedException;

        /** The records at or behind an offset, committed or not. */
        List<ConsumerRecord<byte[], byte[]>> uncommitted(TopicPartition partition, long offset)
                throws InterruptedException;
    }

    /**
     * What one producer writes.
     *
     * @param tableOfTopic the tables by the topics of their rows
     * @param rows the partitions of those that exist
     * @param shared the partitions in which others write, too
     */
    record Scope(
            TopicPartition watermarks,
            Map<String, TableId> tableOfTopic,
            List<TopicPartition> rows,
            List<TopicPartition> shared) {

        Scope {
            tableOfTopic = Map.copyOf(tableOfTopic);
            rows = List.copyOf(rows);
            shared = List.copyOf(shared);
        }
    }

    /** An event that ends a transaction, and how. */
    private record End(ProducerRecord<byte[], byte[]> event, boolean commits) {}

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

    /**
     * To be called by a new owner before it reads or publishes anything.
     *
     * @param producer just opened, so that Kafka has ended all transactions of its id, as far as it knows of them
     * @throws KafkaException where some could not be ended
     */
    void end(Scope scope, Producer<byte[], byte[]> producer) throws InterruptedException {
        Map<TopicPartition, Long> open = open(scope);
        if (open.isEmpty()) {
            return;
        }
        LOG.warn("Kafka has left transactions open, which are ended now first offsets={}", open);
        for (End end : ends(scope, open)) {
            // one at a time: what goes wrong in one partition must not take back what another one holds
            end(end, producer);
        }
        requireNone(scope);
    }

    private static void end(End end, Producer<byte[], byte[]> producer) {
        producer.beginTransaction();
        // what fails on its way makes the commit fail
        Future<RecordMetadata> unused = producer.send(end.event());
        // nothing may be on its way when a transaction ends
        producer.flush();
        if (end.commits()) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    /** @throws KafkaException where a transaction of the producer, which has none in hand, stays open for longer than it takes to end */
    void requireNone(Scope scope) throws InterruptedException {
        long deadline = System.nanoTime() + SETTLING.toNanos();
        Map<TopicPartition, Long> open = open(scope);
        while (!open.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new KafkaException("Kafka holds transactions open that have ended; first offsets: " + open
                        + "; where this stays so, abort them by kafka-transactions.sh");
            }
            Thread.sleep(PAUSE.toMillis());
            open.entrySet().retainAll(open(scope).entrySet());
        }
    }

    /** Where others write, too, only those that begin with an event of this producer's tables. */
    private Map<TopicPartition, Long> open(Scope scope) throws InterruptedException {
        List<TopicPartition> all = new ArrayList<>(scope.rows());
        all.add(scope.watermarks());
        all.addAll(scope.shared());
        Map<TopicPartition, Long> open = new HashMap<>(openTransactions.in(all));
        for (TopicPartition partition : scope.shared()) {
            Long offset = open.get(partition);
            if (offset != null && !isOf(scope, log.uncommitted(partition, offset))) {
                open.remove(partition);
            }
        }
        return open;
    }

    private boolean isOf(Scope scope, List<ConsumerRecord<byte[], byte[]>> events) {
        return events.stream().limit(1).anyMatch(event -> {
            try {
                return event.topic().equals(topics.schemas())
                        ? scope.tableOfTopic()
                                .containsValue(SchemaChange.decode(event.value())
                                        .schema()
                                        .table()
                                        .id())
                        : scope.tableOfTopic().containsKey(RejectHeader.TOPIC.in(event.headers()));
            } catch (MalformedEventException e) {
                return false;
            }
        });
    }

    private List<End> ends(Scope scope, Map<TopicPartition, Long> open) throws InterruptedException {
        List<End> ends = new ArrayList<>();
        Long undecidedAt = open.get(scope.watermarks());
        Map<TableId, Watermark> reached = new HashMap<>(
                log.watermarks(scope.watermarks().partition(), undecidedAt == null ? Long.MAX_VALUE : undecidedAt));
        if (undecidedAt != null) {
            watermark(scope, log.uncommitted(scope.watermarks(), undecidedAt), reached, open)
                    .ifPresent(ends::add);
        }
        for (Map.Entry<TopicPartition, Long> each : open.entrySet()) {
            TopicPartition partition = each.getKey();
            TableId table = scope.tableOfTopic().get(partition.topic());
            if (table != null) {
                boolean wasCommitted = end(reached.get(table), partition.partition()) >= each.getValue();
                ends.add(new End(nothing(partition), wasCommitted));
            } else if (partition.topic().equals(topics.schemas())) {
                log.uncommitted(partition, each.getValue()).stream()
                        .findFirst()
                        .ifPresent(event -> ends.add(schema(event, reached)));
            } else if (partition.topic().equals(topics.rejects())) {
                // a reject too many does no harm
                ProducerRecord<byte[], byte[]> closed =
                        new ProducerRecord<>(partition.topic(), partition.partition(), TransactionEnd.bytes(), null);
                RejectHeader.CLOSED.addTo(closed.headers(), "nothing");
                ends.add(new End(closed, true));
            }
        }
        return ends;
    }

    /** The same watermark once more says nothing new; is the one taken back, the one before it counts. */
    private Optional<End> watermark(
            Scope scope,
            List<ConsumerRecord<byte[], byte[]>> undecided,
            Map<TableId, Watermark> reached,
            Map<TopicPartition, Long> open) {
        Map<TableId, Watermark> newest = new LinkedHashMap<>();
        undecided.forEach(event -> {
            Watermark watermark = Watermark.decode(event.value());
            newest.put(watermark.table(), watermark);
        });
        boolean wasCommitted = newest.values().stream()
                .anyMatch(watermark -> isCommitted(scope, watermark, reached.get(watermark.table()), open));
        if (wasCommitted) {
            reached.putAll(newest);
        }
        return undecided.stream()
                .reduce((one, next) -> next)
                .map(last -> new End(
                        new ProducerRecord<>(last.topic(), last.partition(), last.key(), last.value()), wasCommitted));
    }

    /** Whether readers are given anything else of its transaction, in a partition in which that is not open. */
    private boolean isCommitted(
            Scope scope, Watermark undecided, @Nullable Watermark before, Map<TopicPartition, Long> open) {
        String rowsTopic = topics.rows(undecided.table());
        Map<TopicPartition, Long> newest = new HashMap<>();
        for (TopicPartition partition : scope.rows()) {
            long end = end(undecided, partition.partition());
            if (partition.topic().equals(rowsTopic) && end > end(before, partition.partition())) {
                newest.put(partition, end);
            }
        }
        newest.keySet().removeAll(open.keySet());
        return !committed.readableNow(newest).isEmpty();
    }

    /** A version that is published and has had no consequences yet does no harm; it is looked at by the number in the watermark. */
    private static End schema(ConsumerRecord<byte[], byte[]> event, Map<TableId, Watermark> reached) {
        SchemaChange change = SchemaChange.decode(event.value());
        Watermark watermark = reached.get(change.schema().table().id());
        boolean wasCommitted = watermark != null
                && watermark.schemaVersion() >= change.schema().table().version();
        return new End(
                new ProducerRecord<>(event.topic(), event.partition(), event.key(), event.value()), wasCommitted);
    }

    private static ProducerRecord<byte[], byte[]> nothing(TopicPartition partition) {
        return new ProducerRecord<>(
                partition.topic(), partition.partition(), TransactionEnd.bytes(), TransactionEnd.bytes());
    }

    private static long end(@Nullable Watermark watermark, int partition) {
        return watermark == null || partition >= watermark.ends().size()
                ? -1
                : watermark.ends().get(partition);
    }
}
