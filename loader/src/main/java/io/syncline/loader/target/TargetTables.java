package io.syncline.loader.target;

import io.syncline.common.model.Column;
import io.syncline.common.model.TableId;
import io.syncline.common.model.TableSchema;
import io.syncline.common.mysql.Database;
import io.syncline.common.mysql.Quoted;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
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

    private static final String ATTACHED = """
            SELECT (SELECT COUNT(*) FROM information_schema.TRIGGERS
                     WHERE EVENT_OBJECT_SCHEMA = ? AND EVENT_OBJECT_TABLE = ?)
                 + (SELECT COUNT(*) FROM information_schema.REFERENTIAL_CONSTRAINTS
                     WHERE CONSTRAINT_SCHEMA = ? AND (TABLE_NAME = ? OR REFERENCED_TABLE_NAME = ?))""";

    private record Known(String table, long fingerprint) {}

    private record Seen(TargetTable table, long nanoTime) {
        boolean isFresh() {
            return System.nanoTime() - nanoTime < FRESH.toNanos();
        }
    }

    private final Database target;
    private final Function<TableId, String> names;
    private final Map<Known, Seen> known = new ConcurrentHashMap<>();

    /** @param names the target's name for a source table */
    public TargetTables(Database target, Function<TableId, String> names) {
        this.target = target;
        this.names = names;
    }

    public String database() {
        return target.settings().name();
    }

    public String name(TableId source) {
        return names.apply(source);
    }

    /**
     * The table for rows of this schema, created or widened where it has to be.
     *
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
        try (Connection connection = target.connect();
                NamedLock lock = lock(connection, name)) {
            TableDescription description = bringUp(connection, schema.table(), name);
            TargetTable table =
                    TargetTable.of(database(), name, schema, description, !hasAttachments(connection, name));
            known.put(new Known(name, schema.fingerprint()), new Seen(table, System.nanoTime()));
            return table;
        }
    }

    /** Keeps other loaders from changing the table until it is closed. */
    public NamedLock lock(Connection connection, String name) throws SQLException {
        return new NamedLock(connection, database() + "." + name);
    }

    /** Makes the next {@link #prepare} look at the server again. */
    public void forget(String name) {
        known.keySet().removeIf(entry -> entry.table().equals(name));
    }

    public Optional<TableDescription> describe(Connection connection, String name) throws SQLException {
        return TableDescriber.describe(connection, database(), name);
    }

    private TableDescription bringUp(Connection connection, TableSchema source, String name) throws SQLException {
        Optional<TableDescription> found = describe(connection, name);
        if (found.isEmpty()) {
            create(connection, source, name);
            found = describe(connection, name);
        }
        TableDescription description = found.orElseThrow(
                () -> new UnfitTargetException("the table " + name + " was dropped while it was being prepared"));
        refuseWithoutKey(source, name, description);
        List<String> additions = additions(source, description);
        if (additions.isEmpty()) {
            return description;
        }
        alter(connection, name, additions);
        return describe(connection, name).orElse(description);
    }

    private void create(Connection connection, TableSchema source, String name) throws SQLException {
        Dialect dialect =
                Dialect.between(source.server(), connection.getMetaData().getDatabaseProductVersion());
        try (Statement statement = connection.createStatement()) {
            statement.execute(TableDefinition.create(database(), name, source, dialect));
            LOG.info("created table={} columns={}", name, source.columns().size());
        } catch (SQLException e) {
            if (e.getErrorCode() != TABLE_EXISTS) {
                throw e;
            }
        }
    }

    private List<String> additions(TableSchema source, TableDescription description) {
        Dialect dialect = Dialect.between(source.server(), description.server());
        List<String> additions = new ArrayList<>();
        for (Column column : source.columns()) {
            if (description.find(column.name()).isEmpty()) {
                additions.add("ADD COLUMN " + TableDefinition.column(column, dialect));
            }
        }
        for (String own : List.of(OwnColumns.LOAD_ID, OwnColumns.ID)) {
            if (description.find(own).isEmpty()) {
                additions.add("ADD COLUMN " + Quoted.name(own) + " " + OwnColumns.definition(own));
            }
        }
        return additions;
    }

    private void alter(Connection connection, String name, List<String> additions) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE " + Quoted.table(database(), name) + " " + String.join(", ", additions));
            LOG.info("altered table={} {}", name, String.join(", ", additions));
        } catch (SQLException e) {
            if (e.getErrorCode() != COLUMN_EXISTS) {
                throw e;
            }
            // someone was faster: what is still missing is found when the table is prepared again
            throw new java.sql.SQLTransientException(e.getMessage(), e.getSQLState(), e.getErrorCode(), e);
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

    private boolean hasAttachments(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(ATTACHED)) {
            query.setString(1, database());
            query.setString(2, name);
            query.setString(3, database());
            query.setString(4, name);
            query.setString(5, name);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1) > 0;
            }
        }
    }
}
