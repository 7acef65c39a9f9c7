package io.syncline.extractor.publish;

import io.syncline.common.event.MalformedEventException;
import io.syncline.common.event.SchemaChange;
import io.syncline.common.model.TableId;
import io.syncline.common.model.TableSchema;
import io.syncline.common.row.RowSchema;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The schema versions of each table on {@code <prefix>.schemas}. Thread-safe. */
public final class PublishedSchemas {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedSchemas.class);

    private final Map<TableId, NavigableMap<Integer, RowSchema>> versions = new HashMap<>();

    /** Takes in what the topic holds. */
    public synchronized void add(byte[] value) {
        try {
            committed(SchemaChange.decode(value).schema());
        } catch (MalformedEventException e) {
            LOG.warn("an event on the schemas topic is not ours: {}", e.getMessage());
        }
    }

    public synchronized Optional<RowSchema> newest(TableId table) {
        return Optional.ofNullable(versions.get(table))
                .map(known -> known.lastEntry().getValue());
    }

    /** The version of this number; the newest one where there is none of it. */
    public synchronized Optional<RowSchema> version(TableId table, int number) {
        return Optional.ofNullable(versions.get(table))
                .map(known -> known.get(number))
                .or(() -> newest(table));
    }

    /**
     * The version under which this structure is published, or the next one where it is not yet.
     *
     * @param used the newest version that rows are known to have, 0 for none: one that the topic has lost is not given again
     */
    public synchronized RowSchema versionFor(TableSchema structure, int used) {
        RowSchema known = newest(structure.id()).orElse(null);
        int version = known == null ? 0 : known.table().version();
        return known != null && version >= used && known.table().sameStructure(structure)
                ? known
                : RowSchema.of(structure.withVersion(Math.max(version, used) + 1));
    }

    /** Forgets what is known of a table, before the topic is read again. */
    public synchronized void forget(TableId table) {
        versions.remove(table);
    }

    /** Notes that a version has been committed. */
    public synchronized void committed(RowSchema schema) {
        versions.computeIfAbsent(schema.table().id(), unknown -> new TreeMap<>())
                .put(schema.table().version(), schema);
    }
}
