package io.syncline.loader.refresh;

import io.syncline.common.event.RefreshMarker;
import io.syncline.common.model.Column;
import io.syncline.common.mysql.Database;
import io.syncline.common.mysql.Quoted;
import io.syncline.common.mysql.SqlFault;
import io.syncline.common.mysql.TableDescription;
import io.syncline.common.row.RowSchema;
import io.syncline.common.row.StructureChangedException;
import io.syncline.loader.target.AsideName;
import io.syncline.loader.target.CopiedColumn;
import io.syncline.loader.target.LateIndexes;
import io.syncline.loader.target.NamedLock;
import io.syncline.loader.target.TargetTable;
import io.syncline.loader.target.TargetTables;
import io.syncline.loader.target.UnfitTargetException;
import io.syncline.loader.write.BatchWriter;
import io.syncline.loader.write.Reject;
import io.syncline.loader.write.StoredRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Full refreshes at the target. A generation's rows go to a staging table of their own; when every partition's end marker
 * has come, whoever notes the last one compares the staging table's rows with what the markers promise and swaps it in by
 * one RENAME. What a crash interrupts is done again from the markers, which Kafka delivers again. Thread-safe.
 */
public final class Refreshes {

    private static final Logger LOG = LoggerFactory.getLogger(Refreshes.class);

    private final Database target;
    private final TargetTables tables;
    private final GenerationMarks marks;
    private final Map<String, String> incomplete = new ConcurrentHashMap<>();

    public Refreshes(Database target, TargetTables tables, GenerationMarks marks) {
        this.target = target;
        this.tables = tables;
        this.marks = marks;
    }

    /**
     * Notes a partition's begin, and forgets older generations that it has begun and will never end.
     *
     * @param held with the partition's fence
     */
    public void begun(Connection held, String topic, RefreshMarker marker) throws SQLException {
        marks.begin(held, topic, marker);
    }

    /** Makes the staging table where it is not there yet. Behind the note of the begin, for one without a note is a leftover. */
    public void makeStaging(String topic, RowSchema schema, RefreshMarker marker) throws SQLException {
        TargetTable table = tables.prepare(schema);
        try (Connection connection = target.connect()) {
            removeLeftovers(connection, topic, table.name());
            String staging = StagingName.of(table.name(), marker.generation());
            execute(connection, "CREATE TABLE IF NOT EXISTS " + quoted(staging) + " LIKE " + table.quoted());
            dropLateIndexes(connection, table, staging);
        }
    }

    /** They are made when the rows are there. */
    private void dropLateIndexes(Connection connection, TargetTable table, String staging) throws SQLException {
        List<String> drops = tables.describe(connection, staging).stream()
                .flatMap(made -> LateIndexes.of(made, table.schema().table().primaryKey()).stream())
                .map(index -> "DROP INDEX " + LateIndexes.quotedName(index))
                .toList();
        try {
            alter(connection, staging, drops);
        } catch (SQLException e) {
            if (SqlFault.of(e) == SqlFault.TRANSIENT) {
                throw e;
            }
            LOG.debug("a refresh keeps up its indexes table={} reason={}", table.name(), SqlFault.message(e));
        }
    }

    /** Drops what refreshes that died have left of a table; any loader may at any time, and leaves those under way alone. */
    public void removeLeftovers(String topic, RowSchema schema) throws SQLException {
        try (Connection connection = target.connect()) {
            if (schema.table().modifier() != null) {
                // refreshed in full no more
                marks.over(connection, topic, Long.MAX_VALUE);
            }
            removeLeftovers(connection, topic, tables.name(schema.table().id()));
        }
    }

    private void removeLeftovers(Connection connection, String topic, String table) throws SQLException {
        try (NamedLock lock = tables.lock(connection, table)) {
            List<String> leftovers = new ArrayList<>();
            String prefix = StagingName.prefix(table);
            // the marks are looked at after the tables, and made before them
            for (String staging : tables.names(connection, prefix)) {
                String generation = staging.substring(prefix.length());
                if (generation.matches("\\d{1,18}")
                        && !marks.isUnderWay(connection, topic, Long.parseLong(generation))) {
                    leftovers.add(staging);
                }
            }
            // swapped out under this lock, and dropped under it
            leftovers.addAll(tables.names(connection, StagingName.old(table)));
            for (String leftover : leftovers) {
                drop(connection, leftover);
                LOG.info("dropped a leftover of table={} name={}", table, leftover);
            }
        }
    }

    /** Why a table waits for its next refresh; empty where the last one was whole. */
    public Optional<String> incomplete(String topic) {
        return Optional.ofNullable(incomplete.get(topic));
    }

    /** The table that takes the rows of a generation; empty where the generation is over and its rows count no more. */
    public Optional<TargetTable> staging(RowSchema schema, long generation) throws SQLException {
        String name = StagingName.of(tables.name(schema.table().id()), generation);
        try (Connection connection = target.connect()) {
            if (tables.describe(connection, name).isEmpty()) {
                tables.forget(name);
                return Optional.empty();
            }
        }
        return Optional.of(tables.prepare(schema, name));
    }

    /** Notes rows that the target refused, which the staging table will lack. */
    public void rejected(Connection connection, String topic, long generation, int partition, int count)
            throws SQLException {
        marks.rejected(connection, topic, generation, partition, count);
    }

    /**
     * Notes a partition's end.
     *
     * @param held with the partition's fence
     */
    public void ended(Connection held, String topic, RefreshMarker marker) throws SQLException {
        marks.end(held, topic, marker);
    }

    /**
     * Gives the staging table of a generation that every partition has ended the indexes that it was made without. May take
     * long, so the partition's fence had better not be held; whoever does it, and however often, does no harm.
     *
     * @return whether every partition has ended; where not, the rest is for those that end behind this one
     */
    public boolean complete(String topic, RowSchema schema, RefreshMarker marker) throws SQLException {
        TargetTable table = tables.prepare(schema);
        String staging = StagingName.of(table.name(), marker.generation());
        try (Connection connection = target.connectForLong();
                NamedLock lock = tables.lock(connection, staging)) {
            if (marks.whole(connection, topic, marker).isEmpty()) {
                return false;
            }
            if (!tables.hasAttachments(connection, table.name())) {
                List<String> changes = new ArrayList<>(missingColumns(connection, table, staging));
                List<String> indexes = missingIndexes(connection, table, staging);
                if (!indexes.isEmpty()) {
                    LateIndexes.sortInMemory(connection);
                }
                changes.addAll(indexes);
                alter(connection, staging, changes);
            }
            return true;
        }
    }

    /** Columns that the target was given after the generation began. */
    private List<String> missingColumns(Connection connection, TargetTable table, String staging) throws SQLException {
        Optional<TableDescription> staged = tables.describe(connection, staging);
        return tables.describe(connection, table.name()).stream()
                .flatMap(now -> now.columns().stream())
                .filter(column ->
                        staged.isPresent() && staged.get().find(column.name()).isEmpty())
                .map(column -> "ADD COLUMN " + Quoted.name(column.name()) + " " + column.definition())
                .toList();
    }

    private List<String> missingIndexes(Connection connection, TargetTable table, String staging) throws SQLException {
        List<String> key = table.schema().table().primaryKey();
        List<String> late = tables.describe(connection, table.name())
                .map(now -> LateIndexes.of(now, key))
                .orElse(List.of());
        List<String> there = tables.describe(connection, staging)
                .map(staged -> staged.statement().indexes())
                .orElse(late);
        return LateIndexes.missing(late, there).stream()
                .map(index -> "ADD " + index)
                .toList();
    }

    private void alter(Connection connection, String staging, List<String> changes) throws SQLException {
        if (!changes.isEmpty()) {
            execute(connection, "ALTER TABLE " + quoted(staging) + " " + String.join(", ", changes));
        }
    }

    /**
     * Swaps a generation in that is {@linkplain #complete complete}, unless another partition's end has done so.
     *
     * @param offset that rows which triggers of the table refuse are said to stand at
     * @param rejects takes these rows
     */
    public void end(String topic, RowSchema schema, RefreshMarker marker, long offset, BatchWriter.Rejects rejects)
            throws SQLException, InterruptedException {
        TargetTable table = tables.prepare(schema);
        try (Connection connection = target.connectForLong();
                NamedLock lock = tables.lock(connection, table.name())) {
            Optional<GenerationMarks.Whole> whole = marks.whole(connection, topic, marker);
            if (whole.isPresent()) {
                TopicPartition partition = new TopicPartition(topic, marker.partition());
                StoredRows rows = new StoredRows(table, marker);
                RowReplacement.Refusals refusals =
                        refused -> rejects.accept(connection, stored(connection, rows, partition, offset, refused));
                finish(connection, topic, table, marker, whole.get(), refusals);
            }
        }
    }

    private void finish(
            Connection connection,
            String topic,
            TargetTable table,
            RefreshMarker marker,
            GenerationMarks.Whole whole,
            RowReplacement.Refusals refusals)
            throws SQLException, InterruptedException {
        String staging = StagingName.of(table.name(), marker.generation());
        Optional<TableDescription> staged = tables.describe(connection, staging);
        if (staged.isPresent()) {
            long rows = count(connection, staging);
            if (rows + whole.rejected() < whole.expected()) {
                String reason = "refresh " + marker.generation() + " of " + table.name() + " holds " + rows + " of "
                        + whole.expected() + " rows; the target keeps what it has until the next whole one";
                LOG.warn("{}", reason);
                incomplete.put(topic, reason);
                drop(connection, staging);
            } else {
                incomplete.remove(topic);
                replace(connection, table, staging, refusals);
                LOG.info("refreshed table={} generation={} rows={}", table.name(), marker.generation(), rows);
            }
        }
        // where the staging table is gone the swap was done before a crash, and only this was left
        for (long over : marks.over(connection, topic, marker.generation())) {
            drop(connection, StagingName.of(table.name(), over));
        }
        // after a swap, what is left of it is the table for its rows set aside
        drop(connection, staging);
        tables.forget(table.name());
        tables.forget(staging);
    }

    private static List<Reject> stored(
            Connection connection,
            StoredRows rows,
            TopicPartition partition,
            long offset,
            List<RowReplacement.Refused> refused)
            throws SQLException {
        List<Reject> rejects = new ArrayList<>();
        for (RowReplacement.Refused row : refused) {
            try {
                rejects.add(new Reject(rows.read(connection, row.from(), partition, offset), row.reason()));
            } catch (StructureChangedException e) {
                throw new UnfitTargetException("a refresh meets a row that the table's triggers refuse: " + row.reason()
                        + "; it cannot go to the rejects, since the target does not hold it as the source does: "
                        + e.getMessage() + "; mend the trigger or the column");
            }
        }
        return rejects;
    }

    private void replace(Connection connection, TargetTable table, String staging, RowReplacement.Refusals refusals)
            throws SQLException, InterruptedException {
        alter(connection, staging, missingColumns(connection, table, staging));
        keepTargetOnlyValues(connection, table, staging);
        // asked under the lock: a foreign key may have come since the table was looked at
        if (!tables.hasAttachments(connection, table.name())) {
            alter(connection, staging, missingIndexes(connection, table, staging));
            swap(connection, table, staging);
        } else {
            new RowReplacement(connection, table, quoted(staging)).run(refusals);
            drop(connection, staging);
        }
    }

    private void keepTargetOnlyValues(Connection connection, TargetTable table, String staging) throws SQLException {
        List<Column> kept = table.targetOnlyColumns();
        if (!kept.isEmpty()) {
            makeRoom(connection, table, staging, kept);
            String values = kept.stream()
                    .map(column -> "s." + Quoted.name(column.name()) + " = " + CopiedColumn.from("t", column))
                    .collect(Collectors.joining(", "));
            execute(
                    connection,
                    "UPDATE " + quoted(staging) + " s JOIN " + table.quoted() + " t ON " + table.sameKey("s", "t")
                            + " SET " + values);
        }
    }

    /** The numbers that the target counted for other rows of the staging table come behind all that rows are to get back. */
    private void makeRoom(Connection connection, TargetTable table, String staging, List<Column> kept)
            throws SQLException {
        for (Column column : kept) {
            if (column.autoIncrement()) {
                String name = Quoted.name(column.name());
                execute(
                        connection,
                        "SET @syncline_behind = (SELECT COALESCE(MAX(" + name + "), 0) FROM " + table.quoted() + ")");
                execute(
                        connection,
                        "UPDATE " + quoted(staging) + " SET " + name + " = " + name + " + @syncline_behind ORDER BY "
                                + name + " DESC");
            }
        }
    }

    private void swap(Connection connection, TargetTable table, String staging) throws SQLException {
        String old = StagingName.old(table.name());
        drop(connection, old);
        execute(
                connection,
                "RENAME TABLE " + table.quoted() + " TO " + quoted(old) + ", " + quoted(staging) + " TO "
                        + table.quoted());
        drop(connection, old);
    }

    private long count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT COUNT(*) FROM " + quoted(table))) {
            row.next();
            return row.getLong(1);
        }
    }

    /** With it goes what was set aside of it. */
    private void drop(Connection connection, String table) throws SQLException {
        execute(
                connection,
                "DROP TABLE IF EXISTS " + quoted(table) + ", " + quoted(AsideName.of(table)) + ", "
                        + quoted(AsideName.making(table)));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String quoted(String table) {
        return Quoted.table(tables.database(), table);
    }
}
