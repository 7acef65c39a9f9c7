package io.syncline.loader.rejects;

import io.syncline.common.mysql.Database;
import io.syncline.common.mysql.SqlFault;
import io.syncline.common.row.MalformedRowException;
import io.syncline.common.row.RowDecoder;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.catalog.Catalog;
import io.syncline.loader.target.PartitionFence;
import io.syncline.loader.target.PartitionFence.Reached;
import io.syncline.loader.target.TargetTable;
import io.syncline.loader.target.TargetTables;
import io.syncline.loader.target.UnfitTargetException;
import io.syncline.loader.write.BatchWriter;
import io.syncline.loader.write.OtherSpelling;
import io.syncline.loader.write.RowEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a rejected row into the target once more. It is written only while its partition stands where it was when no
 * newer version of the row was found: the transaction locks the partition's row in the fence, so that a loader's batch
 * comes wholly before or wholly after it, and sees what the target has under another spelling of the key. Nothing is published: on the topic, a row's last version stays the newest.
 */
final class RejectRetry {

    private static final int ATTEMPTS = 20;

    /** What came of it. */
    record Outcome(boolean done, String message) {}

    private final Database target;
    private final Catalog catalog;
    private final PartitionFence fence;
    private final TargetTables tables;
    private final BatchWriter writer;
    private final LaterEvents later;

    RejectRetry(
            Database target,
            Catalog catalog,
            PartitionFence fence,
            TargetTables tables,
            BatchWriter writer,
            LaterEvents later) {
        this.target = target;
        this.catalog = catalog;
        this.fence = fence;
        this.tables = tables;
        this.writer = writer;
        this.later = later;
    }

    /** Whether a newer version of the row has been applied, so that the reject is of no more concern. */
    LaterEvents.Verdict judge(OpenReject reject) throws SQLException {
        Optional<Reached> reached = reached(reject);
        return reached.isEmpty() ? LaterEvents.Verdict.UNDECIDED : judge(reject, reached.get());
    }

    private LaterEvents.Verdict judge(OpenReject reject, Reached reached) {
        boolean otherTopic = !reject.topicId().isEmpty() && !reject.topicId().equals(reached.topicId());
        if (otherTopic) {
            // all rows came anew on the topic in its place
            return LaterEvents.Verdict.REPLACED;
        }
        return later.judge(reject, reject.generation(catalog), reached.nextOffset());
    }

    private Optional<Reached> reached(OpenReject reject) throws SQLException {
        if (!reject.isPlaced()) {
            return Optional.empty();
        }
        try (Connection connection = target.connect()) {
            return fence.reached(connection, reject.from());
        }
    }

    Outcome retry(OpenReject reject) throws InterruptedException {
        Optional<RowSchema> schema = reject.schema(catalog);
        if (schema.isEmpty()) {
            return new Outcome(
                    false, reject.isTooLarge() ? "too large for a record" : "its schema is not on the schemas topic");
        }
        try {
            new RowDecoder(schema.get()).requireKey(reject.event().key());
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<Reached> reached = reached(reject);
                if (reached.isEmpty() || reached.get().nextOffset() <= reject.offset()) {
                    return new Outcome(false, "the loader has not come to it yet");
                }
                switch (judge(reject, reached.get())) {
                    case REPLACED -> {
                        return new Outcome(true, "a newer version has come");
                    }
                    case UNDECIDED -> {
                        return new Outcome(false, "its full refresh is not over");
                    }
                    case NEWEST -> {
                        Optional<Outcome> outcome = write(reject, schema.get(), reached.get());
                        if (outcome.isPresent()) {
                            return outcome.get();
                        }
                    }
                }
            }
            return new Outcome(false, "its partition is too busy; try again");
        } catch (SQLException e) {
            return new Outcome(false, SqlFault.message(e));
        } catch (UnfitTargetException | MalformedRowException e) {
            return new Outcome(false, String.valueOf(e.getMessage()));
        }
    }

    /** Empty where the loader was faster, and what it has applied must be looked at first. */
    private Optional<Outcome> write(OpenReject reject, RowSchema schema, Reached reached)
            throws SQLException, InterruptedException {
        List<String> refused = new ArrayList<>();
        TargetTable table = tables.prepare(schema);
        RowEvent row = new RowEvent(reject.event());
        try {
            writer.write(
                    table,
                    List.of(row),
                    connection -> {
                        if (!fence.reached(connection, reject.from()).equals(Optional.of(reached))) {
                            throw new NotWritten(Optional.empty());
                        }
                        requireOlder(OtherSpelling.of(connection, table, row));
                    },
                    (connection, rejects) -> rejects.forEach(found -> refused.add(found.reason())));
        } catch (NotWritten e) {
            return e.outcome;
        }
        return Optional.of(refused.isEmpty() ? new Outcome(true, "written") : new Outcome(false, refused.get(0)));
    }

    private static void requireOlder(OtherSpelling.Age age) {
        switch (age) {
            case OLDER -> {}
            case NEWER ->
                throw new NotWritten(
                        Optional.of(new Outcome(true, "a newer version has come, under another spelling of the key")));
            case SAME_LOAD ->
                throw new NotWritten(Optional.of(new Outcome(
                        false,
                        "a version of the same load has come under another spelling of the key, and may be the newer one;"
                                + " update the row at the source")));
        }
    }

    /** Ends the transaction before anything is written. */
    private static final class NotWritten extends RuntimeException {

        private final transient Optional<Outcome> outcome;

        /** @param outcome as {@link #write} returns it */
        NotWritten(Optional<Outcome> outcome) {
            this.outcome = outcome;
        }
    }
}
