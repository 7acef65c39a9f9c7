package io.syncline.loader.target;

import io.syncline.common.model.Column;
import io.syncline.common.model.TableId;
import io.syncline.common.model.TableSchema;
import io.syncline.common.mysql.Database;
import io.syncline.common.mysql.Quoted;
import io.syncline.common.mysql.SqlFault;
import io.syncline.common.mysql.TableDescriber;
import io.syncline.common.mysql.TableDescription;
import io.syncline.common.row.RowSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings target tables to a schema version: creates what is missing, adds columns, never drops or narrows. What it finds
 * is remembered for a moment. Thread-safe.
 */
public final class TargetTables {

    private static final Logger LOG = LoggerFactory.getLogger(TargetTables.class);
    /** Users may change a target table at any time, and what they add must stay. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private static final int TABLE_EXISTS = 1050;
    private static final int COLUMN_EXISTS = 1060;
    /** The server would have to do it in another way; 4092: a table can be altered at once only so often. */
    private static final Set<Integer> NOT_THIS_WAY = Set.of(1845, 1846, 4092);

    /** Is told of a table that has to be made, before it is. */
    public interface Missing {
        /** @return whether rows had been applied to such a table before */
        boolean found(Connection connection, TableId source) throws SQLException;
    }

    private record Known(String table, long fingerprint) {}

    private record Seen(TargetTable table, long nanoTime) {
        boolean isFresh() {
            return System.nanoTime() - nanoTime < FRESH.toNanos();
        }
    }

    private final Database target;
    private final Function<TableId, String> names;
    private final Missing missing;
    private final Attachments attachments;
    private final Map<Known, Seen> known = new ConcurrentHashMap<>();

    /**
     * @param names the target's name for a source table
     * @param missing is not told of staging tables
     */
    public TargetTables(Database target, Function<TableId, String> names, Missing missing) {
        this.target = target;
        this.names = names;
        this.missing = missing;
        this.attachments = new Attachments(target.settings().name());
    }

    public String database() {
        return target.settings().name();
    }

    public String name(TableId source) {
        return names.apply(source);
    }

    /**
     * The table for rows of this schema, created or widened where it has to be. Not to be called while a partition's fence is
     * held, which is set back where the table has to be made once more.
     *
     * @throws LostTableException where it has been made in the place of one to which rows had been applied
     * @throws UnfitTargetException where a user must mend it
     */
    public TargetTable prepare(RowSchema schema) throws SQLException {
        return prepare(schema, name(schema.table().id()));
    }

    /** As {@link #prepare(RowSchema)}, for a table of another name, such as a staging table. */
    public TargetTable prepare(RowSchema schema, String name) throws SQLException {
        Seen remembered = known.get(new Known(name, schema.fingerprint()));
        if (remembered != null && remembered.isFresh()) {
            return remembered.table();
        }
        try (Connection connection = target.connectForLong()) {
            Optional<TargetTable> there = prepare(connection, schema, name, false);
            if (there.isPresent()) {
                return there.get();
            }
            TableId source = schema.table().id();
            // not under the table's lock: who holds a partition's fence may be waiting for that
            boolean isLost = name.equals(name(source)) && missing.found(connection, source);
            TargetTable made = prepare(connection, schema, name, true)
                    .orElseThrow(() ->
                            new UnfitTargetException("the table " + name + " was dropped while it was being prepared"));
            if (isLost) {
                throw new LostTableException(source.toString());
            }
            return made;
        }
    }

    /** Empty where the table is missing. */
    private Optional<TargetTable> prepare(Connection connection, RowSchema schema, String name, boolean creates)
            throws SQLException {
        try (NamedLock lock = lock(connection, name)) {
            Optional<TableDescription> found = describe(connection, name);
            if (found.isEmpty() && creates) {
                create(connection, schema.table(), name);
                found = describe(connection, name);
            }
            if (found.isEmpty()) {
                return Optional.empty();
            }
            TableDescription description = bringUp(connection, schema.table(), name, found.get());
            TargetTable table =
                    TargetTable.of(database(), name, schema, description, !hasAttachments(connection, name));
            known.put(new Known(name, schema.fingerprint()), new Seen(table, System.nanoTime()));
            return Optional.of(table);
        }
    }

    /** Keeps other loaders from changing the table until it is closed. */
    public NamedLock lock(Connection connection, String name) throws SQLException {
        return new NamedLock(connection, database() + "." + name);
    }

    /** Makes the next {@link #prepare} look at the server again. */
    public void forget(String name) {
        known.keySet().removeIf(entry -> entry.table().equals(name));
        attachments.forget(name);
    }

    public Optional<TableDescription> describe(Connection connection, String name) throws SQLException {
        return TableDescriber.describe(connection, database(), name);
    }

    /** Adds a foreign key, unless the table has one of that name. */
    public void addForeignKey(String name, String referenced, ForeignKey key) throws SQLException {
        // in one order, so that no two loaders wait for each other
        boolean inOrder = name.compareTo(referenced) < 0;
        try (Connection connection = target.connect();
                NamedLock first = lock(connection, inOrder ? name : referenced);
                NamedLock second = lock(connection, inOrder ? referenced : name)) {
            TableId here = new TableId(database(), name);
            boolean there = describe(connection, name).stream()
                    .flatMap(table -> table.statement().foreignKeys().stream())
                    .anyMatch(clause -> ForeignKey.parse(clause, here).name().equals(key.name()));
            if (!there) {
                alter(connection, name, List.of(key.clause(referenced)));
            }
        } finally {
            forget(name);
            forget(referenced);
        }
    }

    /**
     * Adds the indexes that a table was made without, where it has none of those names. Takes its time, while rows are written
     * on; another loader that would do the same has to wait.
     *
     * @param definitions what follows ADD
     */
    public void addIndexes(String name, List<String> definitions) throws SQLException {
        try (Connection connection = target.connectForLong();
                NamedLock lock = lock(connection, name + " (indexes)")) {
            Optional<TableDescription> table = describe(connection, name);
            List<String> missing = table.map(there ->
                            LateIndexes.missing(definitions, there.statement().indexes()))
                    .orElse(List.of());
            if (!missing.isEmpty()) {
                LateIndexes.sortInMemory(connection);
                alter(
                        connection,
                        name,
                        missing.stream().map(index -> "ADD " + index).toList());
            }
            PendingIndexes.forget(connection, name);
        } finally {
            forget(name);
        }
    }

    /** The tables whose names begin so. */
    public List<String> names(Connection connection, String prefix) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND LEFT(TABLE_NAME, ?) = ?")) {
            query.setString(1, database());
            query.setInt(2, prefix.length());
            query.setString(3, prefix);
            try (ResultSet row = query.executeQuery()) {
                List<String> names = new ArrayList<>();
                while (row.next()) {
                    names.add(row.getString(1));
                }
                return names;
            }
        }
    }

    private TableDescription bringUp(
            Connection connection, TableSchema source, String name, TableDescription description) throws SQLException {
        refuseWithoutKey(source, name, description);
        Dialect dialect = Dialect.between(source.server(), description.server());
        List<Misfit> misfits = Misfit.of(source, description, dialect);
        refuseMisfits(source, name, misfits);
        List<String> changes = new ArrayList<>(additions(source, description, name, dialect));
        misfits.forEach(misfit -> changes.add(misfit.clause()));
        changes.addAll(SharedDefault.clauses(source, description, Quoted.table(database(), name)));
        if (changes.isEmpty()) {
            return description;
        }
        alter(connection, name, changes);
        return describe(connection, name).orElse(description);
    }

    private void refuseMisfits(TableSchema source, String name, List<Misfit> misfits) {
        boolean mendable = misfits.stream().allMatch(Misfit::isWidening);
        if (!misfits.isEmpty() && !(mendable && source.rules().widens())) {
            throw new UnfitTargetException("the target table " + name + " could not hold the rows of " + source.id()
                    + ": "
                    + misfits.stream().map(Misfit::reason).collect(Collectors.joining("; ")) + "; ALTER TABLE "
                    + Quoted.table(database(), name) + " "
                    + misfits.stream().map(Misfit::clause).collect(Collectors.joining(", "))
                    + (mendable ? ", or have the loader do it with \"schema_changes\": \"widen\" in tables.json" : ""));
        }
    }

    private void create(Connection connection, TableSchema source, String name) throws SQLException {
        Dialect dialect =
                Dialect.between(source.server(), connection.getMetaData().getDatabaseProductVersion());
        TableDefinition definition = TableDefinition.create(database(), name, source, dialect);
        PendingIndexes.note(connection, name, definition.later());
        try (Statement statement = connection.createStatement()) {
            statement.execute(definition.sql());
            LOG.info(
                    "created table={} columns={} indexes to follow={}",
                    name,
                    source.columns().size(),
                    definition.later().size());
            note(name, definition.differences());
        } catch (SQLException e) {
            // whoever makes it by hand gives it the indexes that it is to have
            PendingIndexes.forget(connection, name);
            if (e.getErrorCode() == TABLE_EXISTS) {
                return;
            } else if (SqlFault.of(e) == SqlFault.TRANSIENT) {
                throw e;
            }
            throw new UnfitTargetException("the target cannot make the table " + name + " of " + source.id() + " ("
                    + source.server() + "): " + SqlFault.message(e)
                    + "; make it by hand, or leave columns out with \"columns\" in tables.json");
        }
    }

    private static void note(String name, List<String> differences) {
        if (!differences.isEmpty()) {
            LOG.warn("not as at the source table={} {}", name, String.join("; ", differences));
        }
    }

    /** Each at its place behind the column that it follows at the source. */
    private static List<String> additions(
            TableSchema source, TableDescription description, String name, Dialect dialect) {
        List<String> additions = new ArrayList<>();
        String place = " FIRST";
        for (Column column : source.columns()) {
            Optional<Column> there = description.find(column.name());
            if (there.isEmpty()) {
                TableDefinition addition = TableDefinition.addition(column, source, dialect);
                additions.add(addition.sql() + place);
                note(name, addition.differences());
            }
            place = " AFTER " + Quoted.name(there.map(Column::name).orElse(column.name()));
        }
        for (String own : List.of(OwnColumns.LOAD_ID, OwnColumns.ID)) {
            if (description.find(own).isEmpty()) {
                additions.add("ADD COLUMN " + Quoted.name(own) + " " + OwnColumns.definition(own));
            }
        }
        return additions;
    }

    private void alter(Connection connection, String name, List<String> additions) throws SQLException {
        String sql = "ALTER TABLE " + Quoted.table(database(), name) + " " + String.join(", ", additions);
        try (Statement statement = connection.createStatement()) {
            alter(statement, sql);
            LOG.info("altered table={} {}", name, String.join(", ", additions));
        } catch (SQLException e) {
            if (e.getErrorCode() != COLUMN_EXISTS) {
                throw e;
            }
            // someone was faster: what is still missing is found when the table is prepared again
            throw new java.sql.SQLTransientException(e.getMessage(), e.getSQLState(), e.getErrorCode(), e);
        }
    }

    /** In the way that costs the server least: a large table is copied only where nothing else will do. */
    private static void alter(Statement statement, String sql) throws SQLException {
        for (String way : List.of(", ALGORITHM=INSTANT", ", ALGORITHM=INPLACE", "")) {
            try {
                statement.execute(sql + way);
                return;
            } catch (SQLException e) {
                if (way.isEmpty() || !NOT_THIS_WAY.contains(e.getErrorCode())) {
                    throw e;
                }
            }
        }
    }

    private void refuseWithoutKey(TableSchema source, String name, TableDescription description) {
        List<String> missing = source.primaryKey().stream()
                .filter(column -> description.find(column).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw new UnfitTargetException("the target table " + name + " lacks the key's columns "
                    + String.join(", ", missing) + " (it has: " + description.columnNames() + "); ALTER TABLE "
                    + Quoted.table(database(), name) + " ADD them, or drop the table to have it created");
        }
        if (!description.hasUniqueIndexFor(source.primaryKey())) {
            throw new UnfitTargetException("no unique index of the target table " + name + " backs the key ("
                    + String.join(", ", source.primaryKey()) + "), so rows would double; ALTER TABLE "
                    + Quoted.table(database(), name) + " ADD UNIQUE (" + Quoted.names(source.primaryKey()) + ")");
        }
    }

    /** Whether triggers or foreign keys hang on the table, which would not follow when it is swapped. */
    public boolean hasAttachments(Connection connection, String name) throws SQLException {
        return attachments.hangOn(connection, name);
    }
}
