package io.syncline.loader.consume;

import io.syncline.common.event.RefreshMarker;
import io.syncline.common.mysql.Database;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.catalog.Catalog;
import io.syncline.loader.catalog.TopicTail;
import io.syncline.loader.refresh.Refreshes;
import io.syncline.loader.target.Claim;
import io.syncline.loader.target.PartitionFence;
import io.syncline.loader.target.RefusedRowException;
import io.syncline.loader.target.TableHalts;
import io.syncline.loader.target.TargetTable;
import io.syncline.loader.target.TargetTables;
import io.syncline.loader.target.Tenure;
import io.syncline.loader.target.UnfitTargetException;
import io.syncline.loader.write.BatchWriter;
import io.syncline.loader.write.Reject;
import io.syncline.loader.write.RejectLog;
import io.syncline.loader.write.RowEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** Applies the segments of partitions to the target. Thread-safe; what belongs to one partition comes as arguments. */
public final class PartitionApplier {

    private final Database target;
    private final Catalog catalog;
    private final TopicTail tail;
    private final TargetTables tables;
    private final PartitionFence fence;
    private final BatchWriter writer;
    private final Refreshes refreshes;
    private final RejectLog rejects;
    private final TableHalts halts;

    public PartitionApplier(
            Database target,
            Catalog catalog,
            TopicTail tail,
            TargetTables tables,
            PartitionFence fence,
            BatchWriter writer,
            Refreshes refreshes,
            RejectLog rejects,
            TableHalts halts) {
        this.target = target;
        this.catalog = catalog;
        this.tail = tail;
        this.tables = tables;
        this.fence = fence;
        this.writer = writer;
        this.refreshes = refreshes;
        this.rejects = rejects;
        this.halts = halts;
    }

    /** What came of a segment. */
    record Applied(int rows, int rejects) {
        static final Applied NOTHING = new Applied(0, 0);
    }

    /** Takes the partition over from any former owner. */
    Tenure takeOver(Claim claim) throws SQLException {
        return fence.raise(target, claim);
    }

    Optional<RowSchema> schema(long fingerprint) throws InterruptedException {
        Optional<RowSchema> known = catalog.byFingerprint(fingerprint);
        if (known.isPresent()) {
            return known;
        }
        if (!tail.catchUp()) {
            throw new UnfitTargetException("the schemas topic could not be read to its end; " + tail.trouble());
        }
        return catalog.byFingerprint(fingerprint);
    }

    /** Brings the target table to the newest schema, whether or not rows of it have come. */
    void prepareNewest(TopicPartition partition) throws SQLException {
        Optional<RowSchema> newest = catalog.newest(partition.topic());
        if (newest.isPresent()) {
            tables.prepare(newest.get());
            if (partition.partition() == 0) {
                refreshes.removeLeftovers(partition.topic(), newest.get());
            }
        }
    }

    Optional<Long> newestFingerprint(String topic) {
        return catalog.newest(topic).map(RowSchema::fingerprint);
    }

    void forget(String topic) {
        catalog.newest(topic)
                .ifPresent(schema -> tables.forget(tables.name(schema.table().id())));
    }

    /** @param flight is told of rows that those behind the segment may be written beside */
    Applied apply(Segment segment, TopicPartition partition, String topicId, long epoch, InFlight flight)
            throws SQLException, InterruptedException {
        halts.requireNone(partition);
        try {
            return write(segment, partition, topicId, epoch, flight);
        } catch (RefusedRowException e) {
            halts.note(partition, epoch, segment.nextOffset() - 1, e);
            throw e;
        }
    }

    private Applied write(Segment segment, TopicPartition partition, String topicId, long epoch, InFlight flight)
            throws SQLException, InterruptedException {
        if (segment instanceof Segment.Rows rows) {
            return rows(rows, partition, topicId, epoch, flight);
        } else if (segment instanceof Segment.Marker marker) {
            return marker(marker, partition, topicId, epoch, flight);
        } else if (segment instanceof Segment.Undecodable event) {
            rejects.add(partition.topic(), topicId, List.of(event.reject()));
        }
        advance(partition, epoch, segment.nextOffset());
        return segment instanceof Segment.Undecodable ? new Applied(0, 1) : Applied.NOTHING;
    }

    private Applied rows(Segment.Rows rows, TopicPartition partition, String topicId, long epoch, InFlight flight)
            throws SQLException, InterruptedException {
        Optional<TargetTable> found = table(rows);
        if (found.isEmpty()) {
            advance(partition, epoch, rows.nextOffset());
            return Applied.NOTHING;
        }
        TargetTable table = found.get();
        List<RowEvent> batch = Batch.of(rows.events(), rows.schema(), table.hasCollatedKey());
        int[] rejected = {0};
        BatchWriter.Gate gate = connection -> {
            fence.advance(connection, partition, epoch, rows.nextOffset());
            if (writer.mayOverlap(table, batch)) {
                flight.begun(table, batch, rows);
            }
        };
        writer.write(table, batch, gate, (connection, refused) -> {
            rejected[0] = refused.size();
            reject(connection, rows, partition, topicId, refused);
        });
        return new Applied(rows.events().size(), rejected[0]);
    }

    /** Empty where the rows are those of a generation that is over. */
    private Optional<TargetTable> table(Segment.Rows rows) throws SQLException {
        Long generation = rows.generation();
        return generation == null
                ? Optional.of(tables.prepare(rows.schema()))
                : refreshes.staging(rows.schema(), generation);
    }

    /**
     * Applies rows while those before them are being written, and commits them behind these.
     *
     * @return false where they have to wait for their turn; nothing has been written then
     */
    boolean applyBehind(InFlight before, Segment.Rows rows, TopicPartition partition, long epoch, InFlight flight)
            throws SQLException, InterruptedException {
        List<RowEvent> batch =
                Batch.of(rows.events(), rows.schema(), before.table().hasCollatedKey());
        if (!before.goesWith(rows, batch)) {
            return false;
        }
        // batches may follow one another so for hours, and users may change the table meanwhile
        TargetTable table = table(rows).filter(before.table()::isStill).orElse(null);
        if (table == null || !writer.mayOverlap(table, batch)) {
            return false;
        }
        halts.requireNone(partition);
        // the fence's row is the former batch's until that is committed
        writer.writeBehind(table, batch, () -> flight.begun(table, batch, rows), connection -> {
            before.awaitCommit();
            fence.advance(connection, partition, epoch, rows.nextOffset());
        });
        return true;
    }

    /** Counts them in the batch's transaction, or one that is done again would count them twice. */
    private void reject(
            Connection connection, Segment.Rows rows, TopicPartition partition, String topicId, List<Reject> found)
            throws SQLException, InterruptedException {
        rejects.add(rows.schema().table().id().toString(), topicId, found);
        Long generation = rows.generation();
        if (generation != null) {
            refreshes.rejected(connection, partition.topic(), generation, partition.partition(), found.size());
        }
    }

    private Applied marker(
            Segment.Marker segment, TopicPartition partition, String topicId, long epoch, InFlight flight)
            throws SQLException, InterruptedException {
        RefreshMarker marker = segment.marker();
        RowSchema schema = schema(marker, partition);
        // one that is missing sets the fence back, which nobody may hold then
        tables.prepare(schema);
        String topic = partition.topic();
        long offset = segment.nextOffset() - 1;
        if (marker.kind() == RefreshMarker.Kind.BEGIN) {
            fenced(partition, epoch, offset, held -> refreshes.begun(held, topic, marker));
            fenced(partition, epoch, segment.nextOffset(), held -> refreshes.makeStaging(topic, schema, marker));
            return Applied.NOTHING;
        }
        fenced(partition, epoch, offset, held -> refreshes.ended(held, topic, marker));
        // not with the fence held, by a session that would stand still meanwhile
        flight.unhurried(true);
        boolean isComplete = refreshes.complete(topic, schema, marker);
        flight.unhurried(false);
        if (!isComplete) {
            advance(partition, epoch, segment.nextOffset());
            return Applied.NOTHING;
        }
        int[] refused = {0};
        // rejects stand before the end of their refresh
        fenced(
                partition,
                epoch,
                segment.nextOffset(),
                held -> refreshes.end(topic, schema, marker, offset - 1, (connection, found) -> {
                    refused[0] = found.size();
                    rejects.add(schema.table().id().toString(), topicId, found);
                }));
        return new Applied(0, refused[0]);
    }

    /** A step of a full refresh. */
    private interface Step {
        /** @param held has the fence; what it writes counts only if the partition is still this loader's then */
        void take(Connection held) throws SQLException, InterruptedException;
    }

    /** Holds the fence meanwhile: a former owner must not begin again what a new one has ended. */
    private void fenced(TopicPartition partition, long epoch, long nextOffset, Step step)
            throws SQLException, InterruptedException {
        try (Connection held = target.connect()) {
            held.setAutoCommit(false);
            try {
                fence.advance(held, partition, epoch, nextOffset);
                step.take(held);
                held.commit();
            } finally {
                held.rollback();
            }
        }
    }

    private RowSchema schema(RefreshMarker marker, TopicPartition partition) throws InterruptedException {
        Optional<RowSchema> schema = catalog.version(partition.topic(), marker.schemaVersion());
        if (schema.isEmpty() && tail.catchUp()) {
            schema = catalog.version(partition.topic(), marker.schemaVersion());
        }
        return schema.orElseThrow(() -> new UnfitTargetException("schema version " + marker.schemaVersion() + " of "
                + partition.topic() + " has not been published; have the extractor copy the table anew"));
    }

    private void advance(TopicPartition partition, long epoch, long nextOffset) throws SQLException {
        try (Connection connection = target.connect()) {
            fence.advance(connection, partition, epoch, nextOffset);
        }
    }
}
