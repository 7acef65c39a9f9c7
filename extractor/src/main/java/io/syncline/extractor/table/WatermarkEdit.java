package io.syncline.extractor.table;

import io.syncline.common.event.Watermark;
import io.syncline.common.event.Watermark.Phase;
import io.syncline.common.model.LoadId;
import io.syncline.common.model.TableId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A watermark in the making: the last one with some of its fields changed. Not thread-safe. */
final class WatermarkEdit {

    /** No cursor, no digest. */
    static final byte[] NONE = {};

    private final TableId table;
    private final String settings;
    private Phase phase;
    private int schemaVersion;
    private @Nullable String modifier;
    private @Nullable String nextModifier;
    private @Nullable String cursorModifier;
    private byte[] cursorKey;
    private long generation;
    private byte[] digest;
    private byte[] recent;
    private @Nullable String loadId;
    private long loadRows;
    private boolean loadFinished;
    private final @Nullable String topicId;
    private List<Long> ends;
    private long totalRows;
    private @Nullable Instant finishedAt;

    WatermarkEdit(Watermark from) {
        this.table = from.table();
        this.settings = from.settings();
        this.phase = from.phase();
        this.schemaVersion = from.schemaVersion();
        this.modifier = from.modifier();
        this.nextModifier = from.nextModifier();
        this.cursorModifier = from.cursorModifier();
        this.cursorKey = from.cursorKey();
        this.generation = from.generation();
        this.digest = from.digest();
        this.recent = from.recent();
        this.loadId = from.loadId();
        this.loadRows = from.loadRows();
        this.loadFinished = from.loadFinished();
        this.topicId = from.topicId();
        this.ends = from.ends();
        this.totalRows = from.totalRows();
        this.finishedAt = from.finishedAt();
    }

    /** The watermark of a table about which nothing is published, on the topic of this id. */
    static Watermark beginning(
            TableId table, String settings, Phase phase, long generation, @Nullable String topicId, List<Long> ends) {
        return new Watermark(
                table,
                settings,
                phase,
                0,
                null,
                null,
                null,
                NONE,
                generation,
                NONE,
                NONE,
                null,
                0,
                false,
                topicId,
                ends,
                0,
                null);
    }

    WatermarkEdit phase(Phase value) {
        phase = value;
        return this;
    }

    WatermarkEdit schemaVersion(int value) {
        schemaVersion = value;
        return this;
    }

    WatermarkEdit modifier(@Nullable String value) {
        modifier = value;
        return this;
    }

    WatermarkEdit nextModifier(@Nullable String value) {
        nextModifier = value;
        return this;
    }

    WatermarkEdit cursor(@Nullable String atModifier, byte[] atKey) {
        cursorModifier = atModifier;
        cursorKey = atKey;
        return this;
    }

    WatermarkEdit generation(long value) {
        generation = value;
        return this;
    }

    WatermarkEdit digest(byte[] value) {
        digest = value;
        return this;
    }

    WatermarkEdit recent(byte[] value) {
        recent = value;
        return this;
    }

    /** Counts rows that the transaction publishes for a load. */
    WatermarkEdit rows(LoadId load, long count) {
        if (!load.text().equals(loadId)) {
            loadRows = 0;
        }
        loadId = load.text();
        loadRows += count;
        totalRows += count;
        loadFinished = false;
        return this;
    }

    WatermarkEdit ends(List<Long> value) {
        ends = value;
        return this;
    }

    /** Notes that the load is whole and the pass over. */
    WatermarkEdit finished() {
        finishedAt = Instant.now();
        loadFinished = true;
        return this;
    }

    Watermark toWatermark() {
        return new Watermark(
                table,
                settings,
                phase,
                schemaVersion,
                modifier,
                nextModifier,
                cursorModifier,
                cursorKey,
                generation,
                digest,
                recent,
                loadId,
                loadRows,
                loadFinished,
                topicId,
                ends,
                totalRows,
                finishedAt);
    }
}
