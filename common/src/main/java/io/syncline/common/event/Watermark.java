package io.syncline.common.event;

import io.syncline.common.model.TableId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * How far a table has been published: what an extractor needs to go on after a restart, and what a loader needs to know
 * when a load is whole. The fields are explained in {@code schemas/watermark.avsc}; nobody changes its arrays.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Watermark(
        TableId table,
        String settings,
        Phase phase,
        int schemaVersion,
        @Nullable String modifier,
        @Nullable String nextModifier,
        @Nullable String cursorModifier,
        byte[] cursorKey,
        long generation,
        byte[] digest,
        byte[] recent,
        @Nullable String loadId,
        long loadRows,
        boolean loadFinished,
        @Nullable String topicId,
        List<Long> ends,
        long totalRows,
        @Nullable Instant finishedAt) {

    /** What the extractor does with a table next. */
    public enum Phase {
        FIRST_COPY,
        INCREMENTAL,
        FULL_REFRESH
    }

    private static final AvroRecords VALUES = new AvroRecords("watermark.avsc", "former/watermark-1.avsc");
    private static final AvroRecords KEYS = new AvroRecords("table-key.avsc");

    public Watermark {
        ends = List.copyOf(ends);
    }

    public byte[] key() {
        return key(table);
    }

    public static byte[] key(TableId table) {
        GenericRecord key = KEYS.create();
        key.put("database", table.database());
        key.put("table", table.table());
        return KEYS.encodePlain(key);
    }

    /** @throws MalformedEventException for bytes that are no key of a watermark */
    public static TableId decodeKey(byte[] key) {
        return KEYS.decodePlain(key, Watermark::tableOf);
    }

    public byte[] value() {
        GenericRecord event = VALUES.create();
        event.put("database", table.database());
        event.put("table", table.table());
        event.put("settings", settings);
        event.put("phase", VALUES.symbol("phase", phase));
        event.put("schema_version", schemaVersion);
        event.put("modifier", modifier);
        event.put("next_modifier", nextModifier);
        event.put("cursor_modifier", cursorModifier);
        event.put("cursor_key", ByteBuffer.wrap(cursorKey));
        event.put("generation", generation);
        event.put("digest", ByteBuffer.wrap(digest));
        event.put("recent", ByteBuffer.wrap(recent));
        event.put("load_id", loadId);
        event.put("load_rows", loadRows);
        event.put("load_finished", loadFinished);
        event.put("topic_id", topicId);
        event.put("ends", ends);
        event.put("total_rows", totalRows);
        event.put("finished_at", finishedAt == null ? null : finishedAt.toEpochMilli());
        return VALUES.encodeFramed(event);
    }

    /** @throws MalformedEventException for bytes that are no watermark */
    public static Watermark decode(byte[] value) {
        return VALUES.decodeFramed(value, Watermark::of);
    }

    private static Watermark of(GenericRecord event) {
        Object finished = event.get("finished_at");
        return new Watermark(
                tableOf(event),
                event.get("settings").toString(),
                Phase.valueOf(event.get("phase").toString()),
                (int) event.get("schema_version"),
                text(event, "modifier"),
                text(event, "next_modifier"),
                text(event, "cursor_modifier"),
                bytes(event, "cursor_key"),
                (long) event.get("generation"),
                bytes(event, "digest"),
                bytes(event, "recent"),
                text(event, "load_id"),
                (long) event.get("load_rows"),
                (boolean) event.get("load_finished"),
                text(event, "topic_id"),
                ((List<?>) event.get("ends")).stream().map(Long.class::cast).toList(),
                (long) event.get("total_rows"),
                finished == null ? null : Instant.ofEpochMilli((long) finished));
    }

    private static TableId tableOf(GenericRecord event) {
        return new TableId(event.get("database").toString(), event.get("table").toString());
    }

    private static @Nullable String text(GenericRecord event, String field) {
        Object value = event.get(field);
        return value == null ? null : value.toString();
    }

    private static byte[] bytes(GenericRecord event, String field) {
        ByteBuffer buffer = ((ByteBuffer) event.get(field)).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
