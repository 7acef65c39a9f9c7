package io.syncline.extractor.publish;

import io.syncline.common.event.MalformedEventException;
import io.syncline.common.event.SchemaChange;
import io.syncline.common.model.TableId;
import io.syncline.common.model.TableSchema;
import io.syncline.common.row.RowSchema;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest schema version of each table on {@code <prefix>.schemas}. Thread-safe. */
public final class PublishedSchemas {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedSchemas.class);

    private final Map<TableId, RowSchema> newest = new HashMap<>();

    /** Takes in what the topic holds. */
    public synchronized void add(byte[] value) {
        try {
            RowSchema schema = SchemaChange.decode(value).schema();
            newest.merge(schema.table().id(), schema, PublishedSchemas::newer);
        } catch (MalformedEventException e) {
            LOG.warn("an event on the schemas topic is not ours: {}", e.getMessage());
        }
    }

    private static RowSchema newer(RowSchema one, RowSchema other) {
        return other.table().version() >= one.table().version() ? other : one;
    }

    public synchronized Optional<RowSchema> newest(TableId table) {
        return Optional.ofNullable(newest.get(table));
    }

    /**
     * The version under which this structure is published, or the next one where it is not yet.
     *
     * @param used the newest version that rows are known to have, 0 for none: one that the topic has lost is not given again
     */
    public synchronized RowSchema versionFor(TableSchema structure, int used) {
        RowSchema known = newest.get(structure.id());
        int version = known == null ? 0 : known.table().version();
        return known != null && version >= used && known.table().sameStructure(structure)
                ? known
                : RowSchema.of(structure.withVersion(Math.max(version, used) + 1));
    }

    /** Forgets what is known of a table, before the topic is read again. */
    public synchronized void forget(TableId table) {
        newest.remove(table);
    }

    /** Notes that a version has been committed. */
    public synchronized void committed(RowSchema schema) {
        newest.merge(schema.table().id(), schema, PublishedSchemas::newer);
    }
}
