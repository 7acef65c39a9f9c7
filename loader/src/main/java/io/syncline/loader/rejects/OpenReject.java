package io.syncline.loader.rejects;

import io.syncline.common.event.RejectHeader;
import io.syncline.common.row.MalformedRowException;
import io.syncline.common.row.RowDecoder;
import io.syncline.common.row.RowSchema;
import io.syncline.common.row.SingleObject;
import io.syncline.loader.catalog.Catalog;
import io.syncline.loader.write.KeyText;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * An event on the rejects topic, with what its headers say of where it came from.
 *
 * @param from the partition that the event was refused on
 * @param offset of the event there; of a row that was too large to be published, the newest one before it
 * @param topicId of the topic then, empty where the headers do not tell
 */
record OpenReject(
        ConsumerRecord<byte[], byte[]> event,
        String table,
        String reason,
        TopicPartition from,
        long offset,
        String topicId) {

    static OpenReject of(ConsumerRecord<byte[], byte[]> event) {
        String topic = RejectHeader.TOPIC.in(event.headers());
        return new OpenReject(
                event,
                RejectHeader.TABLE.in(event.headers()),
                RejectHeader.REASON.in(event.headers()),
                new TopicPartition(topic, (int) number(RejectHeader.PARTITION.in(event.headers()))),
                number(RejectHeader.OFFSET.in(event.headers())),
                RejectHeader.TOPIC_ID.in(event.headers()));
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }

    /** What all rejects of one row share; an event without key stands for itself. */
    String row() {
        byte[] key = event.key();
        return key == null
                ? from + "@" + offset
                : from.topic() + " " + Base64.getEncoder().encodeToString(key);
    }

    /** Whether the headers say where the event stood. */
    boolean isPlaced() {
        return from.partition() >= 0;
    }

    /** Whether only the key could be kept: the extractor's say no table, which tells them from an event that came empty. */
    boolean isTooLarge() {
        return event.value() != null && event.value().length == 0 && table.isEmpty();
    }

    Optional<RowSchema> schema(Catalog catalog) {
        byte[] value = event.value();
        return value == null
                ? Optional.empty()
                : SingleObject.fingerprint(value).stream().boxed().findFirst().flatMap(catalog::byFingerprint);
    }

    /** The refresh that the row belongs to; null for an incremental one, or where it cannot be read. */
    @Nullable
    Long generation(Catalog catalog) {
        Optional<RowSchema> schema = schema(catalog);
        try {
            return schema.isEmpty()
                    ? null
                    : new RowDecoder(schema.get()).begin(event.value()).generation();
        } catch (MalformedRowException e) {
            return null;
        }
    }

    /** For people: which row, why, where and of which schema. */
    String describe(Catalog catalog) {
        Optional<RowSchema> its = schema(catalog);
        String key = its.or(() -> catalog.newest(from.topic()))
                .map(known -> KeyText.of(known, event.key()))
                .orElse("key unreadable");
        String version = its.map(known -> "schema v" + known.table().version()).orElse("schema unknown");
        return name(catalog) + "  " + key + "  " + reason + "  " + from + "@" + offset + "  "
                + (isTooLarge() ? "too large for a record" : version);
    }

    boolean isOf(String wanted, Catalog catalog) {
        String name = name(catalog);
        return name.equals(wanted) || name.endsWith("." + wanted);
    }

    private String name(Catalog catalog) {
        return schema(catalog)
                .or(() -> catalog.newest(from.topic()))
                .map(known -> known.table().id().toString())
                .orElse(table);
    }
}
