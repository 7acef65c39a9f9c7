package io.syncline.systemtests.faults;

import io.syncline.common.event.RefreshMarker;
import io.syncline.common.event.SchemaChange;
import io.syncline.common.event.TransactionEnd;
import io.syncline.common.row.CharsetText;
import io.syncline.common.row.MemberNumber;
import io.syncline.common.row.RowDecoder;
import io.syncline.common.row.RowHead;
import io.syncline.common.row.RowSchema;
import io.syncline.common.row.SingleObject;
import io.syncline.common.row.TypedJson;
import io.syncline.common.row.ValueSink;
import io.syncline.systemtests.pipeline.Table;
import io.syncline.systemtests.pipeline.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The guarantee that no change is published twice and none out of order, by all committed records of the rows topics:
 *
 * <ul>
 *   <li>Of a table with a modifier each record of a key has a greater version than the one before, save that the first record behind
 *       the first copy's may repeat it: what changed while the copy ran is read again by the first pass.
 *   <li>Of a table without one each generation has a key once, no version is less than an earlier generation's, and an end marker
 *       counts its partition's rows.
 * </ul>
 *
 * Belongs to the test's thread.
 */
public final class PublishedOnce implements AutoCloseable {

    /** @param where for who looks for the cause of a violation: the same load tells of one pass, another of two */
    private record Published(String load, long version, String where) {
        @Override
        public String toString() {
            return version + " of load " + load + " at " + where;
        }
    }

    private record GenerationOfPartition(TopicPartition partition, long generation) {}

    private final List<TopicPartition> partitions;
    private final TopicPartition schemas;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<Long, RowSchema> schemaOf = new HashMap<>();
    private final Map<String, Published> newest = new HashMap<>();
    private final Map<String, String> firstLoad = new HashMap<>();
    private final Map<GenerationOfPartition, Set<String>> generations = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private long rows;

    public PublishedOnce(Topics topics, List<Table> tables) {
        this.consumer = topics.consumer();
        this.schemas = new TopicPartition(topics.schemas(), 0);
        this.partitions = tables.stream()
                .flatMap(table -> topics.partitions(consumer, topics.rows(table)).stream())
                .toList();
    }

    /** Reads what has been committed since the last call; all that was found to be wrong so far. */
    public List<String> violations() {
        readToEnd(List.of(schemas), event -> {
            RowSchema schema = SchemaChange.decode(event.value()).schema();
            schemaOf.put(schema.fingerprint(), schema);
        });
        readToEnd(partitions, this::take);
        return List.copyOf(violations);
    }

    /** How many rows were published. */
    public long rows() {
        return rows;
    }

    private final Map<TopicPartition, Long> positions = new HashMap<>();

    private void readToEnd(
            List<TopicPartition> some, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> events) {
        consumer.assign(some);
        some.forEach(partition -> consumer.seek(partition, positions.getOrDefault(partition, 0L)));
        Map<TopicPartition, Long> ends = consumer.endOffsets(some);
        while (some.stream().anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            consumer.poll(Duration.ofMillis(200)).forEach(events);
        }
        some.forEach(partition -> positions.put(partition, consumer.position(partition)));
    }

    private void take(ConsumerRecord<byte[], byte[]> event) {
        long fingerprint = SingleObject.fingerprint(event.value()).orElseThrow();
        if (fingerprint == TransactionEnd.FINGERPRINT) {
            return;
        }
        if (fingerprint == RefreshMarker.FINGERPRINT) {
            take(event, RefreshMarker.decode(event.value()));
            return;
        }
        RowSchema schema = schemaOf.get(fingerprint);
        if (schema == null) {
            violations.add(where(event) + ": its schema is not published");
            return;
        }
        rows++;
        RowDecoder decoder = new RowDecoder(schema);
        RowHead head = decoder.begin(event.value());
        VersionSink version = new VersionSink();
        boolean[] wanted = new boolean[schema.table().columns().size()];
        wanted[1] = true;
        decoder.columns(wanted, version);
        String table = schema.table().id().table();
        String key = table + " " + HexFormat.of().formatHex(event.key());
        Published published = new Published(head.loadId(), version.value, where(event));
        Published before = newest.put(key, published);
        Long generation = head.generation();
        if (generation == null) {
            firstLoad.putIfAbsent(table, head.loadId());
            requireGrowth(key, before, published, table);
        } else {
            GenerationOfPartition its = new GenerationOfPartition(partition(event), generation);
            if (!generations.computeIfAbsent(its, unknown -> new HashSet<>()).add(key)) {
                violations.add(where(event) + ": " + key + " twice in generation " + generation);
            }
            if (before != null && before.version() > version.value) {
                violations.add(key + ": " + published + " after " + before);
            }
        }
    }

    private void requireGrowth(String key, @Nullable Published before, Published published, String table) {
        if (before == null || before.version() < published.version()) {
            return;
        }
        boolean copied = before.load().equals(firstLoad.get(table));
        if (before.version() > published.version() || !copied) {
            violations.add(key + ": " + published + " after " + before);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> event, RefreshMarker marker) {
        if (marker.kind() == RefreshMarker.Kind.END) {
            Set<String> keys = generations.remove(new GenerationOfPartition(partition(event), marker.generation()));
            long found = keys == null ? 0 : keys.size();
            if (found != marker.rows()) {
                violations.add(where(event) + ": generation " + marker.generation() + " ends with " + marker.rows()
                        + " rows and has " + found);
            }
        }
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> event) {
        return new TopicPartition(event.topic(), event.partition());
    }

    private static String where(ConsumerRecord<byte[], byte[]> event) {
        return partition(event) + "@" + event.offset();
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** Takes the one number it is given. */
    private static final class VersionSink implements ValueSink {
        private long value;

        @Override
        public void number(byte[] ascii, int offset, int length) {
            value = Long.parseLong(new String(ascii, offset, length, StandardCharsets.US_ASCII));
        }

        @Override
        public void nothing() {
            throw new AssertionError("a version is never NULL");
        }

        @Override
        public void temporal(byte[] ascii, int offset, int length) {
            nothing();
        }

        @Override
        public void text(byte[] utf8, int offset, int length) {
            nothing();
        }

        @Override
        public void member(MemberNumber member) {
            nothing();
        }

        @Override
        public void typedJson(TypedJson json) {
            nothing();
        }

        @Override
        public void beyondUnicode(CharsetText text) {
            nothing();
        }

        @Override
        public void binary(byte[] bytes, int offset, int length) {
            nothing();
        }
    }
}
