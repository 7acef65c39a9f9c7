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

    /**
     * What one producer writes.
     *
     * @param tableOfTopic the tables by the topics of their rows, in which nobody else writes
     * @param others the partitions of those topics, and of the ones that it shares with other producers, as far as they exist
     */
    record Scope(TopicPartition watermarks, Map<String, TableId> tableOfTopic, List<TopicPartition> others) {

        Scope {
            tableOfTopic = Map.copyOf(tableOfTopic);
            others = List.copyOf(others);
        }

        boolean isShared(TopicPartition partition) {
            return !partition.equals(watermarks) && !tableOfTopic.containsKey(partition.topic());
        }
    }

    /** An event that ends a transaction, and how. */
    private record End(ProducerRecord<byte[], byte[]> event, boolean commits) {}

    private final Topics topics;
    private final OpenTransactions openTransactions;
    private final CommittedEvents committed;
    private final WatermarkLog log;

    UnendedTransactions(Topics topics, OpenTransactions openTransactions, CommittedEvents committed, WatermarkLog log) {
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
        List<TopicPartition> all = new ArrayList<>(scope.others());
        all.add(scope.watermarks());
        Map<TopicPartition, Long> open = new HashMap<>();
        for (Map.Entry<TopicPartition, Long> each : openTransactions.in(all).entrySet()) {
            TopicPartition partition = each.getKey();
            if (!scope.isShared(partition) || isOf(scope, log.uncommitted(partition, each.getValue()))) {
                open.put(partition, each.getValue());
            }
        }
        return open;
    }

    private boolean isOf(Scope scope, List<ConsumerRecord<byte[], byte[]>> events) {
        return events.stream().limit(1).anyMatch(event -> scope.tableOfTopic().containsKey(rowsTopic(event)));
    }

    /** The topic of the rows that a schema or a reject belongs to; empty where it cannot be told. */
    private String rowsTopic(ConsumerRecord<byte[], byte[]> event) {
        try {
            return event.topic().equals(topics.schemas())
                    ? SchemaChange.decode(event.value()).rowsTopic()
                    : RejectHeader.TOPIC.in(event.headers());
        } catch (MalformedEventException e) {
            return "";
        }
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

    /** By the same watermark once more, which says nothing new; noted in {@code reached} where it was committed. */
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
        for (TopicPartition partition : scope.others()) {
            long end = end(undecided, partition.partition());
            if (partition.topic().equals(rowsTopic) && end > end(before, partition.partition())) {
                newest.put(partition, end);
            }
        }
        newest.keySet().removeAll(open.keySet());
        return !committed.readableNow(newest).isEmpty();
    }

    /** It was committed if its table's watermark has come to its version. */
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
