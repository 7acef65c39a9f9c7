package io.syncline.loader.catalog;

import io.syncline.common.event.SchemaChange;
import io.syncline.common.event.Watermark;
import io.syncline.common.model.TableId;
import io.syncline.common.row.RowSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Every schema version there is, each table's newest one, and each table's watermarks. Thread-safe. */
public final class Catalog {

    private final Predicate<TableId> wanted;
    private final Map<Long, RowSchema> byFingerprint = new HashMap<>();
    private final Map<String, RowSchema> newestByTopic = new TreeMap<>();
    private final Map<TableId, Watermark> newestWatermark = new HashMap<>();
    private final Map<TableId, String> topics = new HashMap<>();
    private final List<FinishedLoad> finishedLoads = new ArrayList<>();

    /** @param wanted tables to load */
    public Catalog(Predicate<TableId> wanted) {
        this.wanted = wanted;
    }

    synchronized void add(SchemaChange change) {
        RowSchema schema = change.schema();
        TableId table = schema.table().id();
        if (wanted.test(table)) {
            byFingerprint.put(schema.fingerprint(), schema);
            topics.put(table, change.rowsTopic());
            newestByTopic.merge(
                    change.rowsTopic(),
                    schema,
                    (known, other) -> other.table().version() >= known.table().version() ? other : known);
        }
    }

    synchronized void add(Watermark watermark) {
        if (wanted.test(watermark.table())) {
            newestWatermark.put(watermark.table(), watermark);
            String load = watermark.loadId();
            if (load != null && watermark.loadFinished() && watermark.loadRows() > 0) {
                finishedLoads.add(new FinishedLoad(
                        watermark.table(), load, watermark.schemaVersion(), watermark.topicId(), watermark.ends()));
            }
        }
    }

    public synchronized Optional<RowSchema> byFingerprint(long fingerprint) {
        return Optional.ofNullable(byFingerprint.get(fingerprint));
    }

    /** The newest schema of the table whose rows travel on this topic. */
    public synchronized Optional<RowSchema> newest(String topic) {
        return Optional.ofNullable(newestByTopic.get(topic));
    }

    public synchronized Optional<RowSchema> version(String topic, int version) {
        return byFingerprint.values().stream()
                .filter(schema -> topic.equals(topics.get(schema.table().id()))
                        && schema.table().version() == version)
                .findFirst();
    }

    /** The rows topics of all wanted tables, in order. */
    public synchronized List<String> rowsTopics() {
        return List.copyOf(newestByTopic.keySet());
    }

    public synchronized @Nullable String topic(TableId table) {
        return topics.get(table);
    }

    public synchronized Map<TableId, Watermark> watermarks() {
        return Map.copyOf(newestWatermark);
    }

    /** Loads that were published whole since this was last asked, the oldest first. */
    public synchronized Collection<FinishedLoad> takeFinishedLoads() {
        List<FinishedLoad> taken = List.copyOf(finishedLoads);
        finishedLoads.clear();
        return taken;
    }
}
