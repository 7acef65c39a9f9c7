package io.syncline.loader.write;

import io.syncline.common.model.Column;
import io.syncline.common.model.TableSchema;
import io.syncline.common.mysql.Quoted;
import io.syncline.common.mysql.UniqueIndex;
import io.syncline.loader.target.AsideName;
import io.syncline.loader.target.CopiedColumn;
import io.syncline.loader.target.TargetTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Upserts into a table with unique indexes beside the key's, without ever updating another row through one of them.
 *
 * <p>A row that holds a unique value which a newly come row has at the source is out of date, or the newly come one is:
 * partitions do not wait for each other. So the row in the way is set aside, in {@code _syncline_aside_…}, until its own
 * next version comes, or until nothing is in its way any more and it returns as it was. When every event is applied, each
 * row's newest version is in the table or aside, and those of the source are in nobody's way.
 *
 * <p>An index over expressions or over the beginnings of values cannot be asked who is in the way: there a row's own former
 * version is deleted and the row inserted, so that what is in the way makes an error, and a reject, of it.
 *
 * <p>All of it happens in the batch's transaction, by the table's {@link TableTurn}: what others have written is committed, and seen by
 * each of these statements. The table for rows set aside is made when the first row needs it.
 */
final class UniqueWriter implements RowWriter {

    private static final String BATCH = "_syncline_batch";
    /** In a table's options: what its columns have that name no other. */
    private static final Pattern CHARSET = Pattern.compile("DEFAULT CHARSET=\\w+(?: COLLATE=\\w+)?");

    private final TargetTable table;
    private final String batch;
    private final String aside;
    private final String all;
    private final String key;

    UniqueWriter(TargetTable table) {
        this.table = table;
        this.batch = Quoted.table(table.database(), BATCH);
        this.aside = Quoted.table(table.database(), AsideName.of(table.name()));
        this.all = Quoted.names(table.storedColumns().stream().map(Column::name).toList());
        this.key = table.sameKey("a", "b");
    }

    @Override
    public void write(Connection connection, List<RowEvent> rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TEMPORARY TABLE IF EXISTS " + batch);
            createBatch(statement);
            new InsertWriter(table, batch, false).write(connection, rows);
            Set<String> asideColumns = asideColumns(connection);
            boolean somethingAside = !asideColumns.isEmpty();
            if (!somethingAside && anythingInTheWay(statement)) {
                // making a table would commit the batch's transaction, so another session does it
                throw new AsideTableNeeded(AsideName.of(table.name()), createAside());
            }
            if (somethingAside) {
                requireColumns(asideColumns);
                setAside(statement);
            }
            upsert(statement);
            if (somethingAside) {
                takeBack(statement);
            }
            statement.execute("DROP TEMPORARY TABLE " + batch);
        }
    }

    /**
     * Columns without indexes: to alter a table, even a temporary one, would commit the batch's transaction. What the target computes is
     * computed there, too, where an index has it.
     */
    private void createBatch(Statement statement) throws SQLException {
        statement.execute("CREATE TEMPORARY TABLE " + batch + computed() + " SELECT " + all + " FROM " + table.quoted()
                + " WHERE FALSE");
    }

    private String computed() {
        List<Column> computed = table.computedColumns();
        boolean isIndexed = computed.stream()
                .anyMatch(column -> comparable().stream()
                        .anyMatch(index ->
                                index.columns().stream().anyMatch(part -> TableSchema.sameName(part, column.name()))));
        if (!isIndexed) {
            return "";
        }
        Matcher charset = CHARSET.matcher(table.description().statement().options());
        return computed.stream()
                        .map(column -> Quoted.name(column.name()) + " " + column.definition())
                        .collect(Collectors.joining(", ", " (", ")"))
                + (charset.find() ? " " + charset.group() : "");
    }

    /** The table appears under its name when it is whole. */
    private List<String> createAside() {
        String making = Quoted.table(table.database(), AsideName.making(table.name()));
        List<String> changes = new ArrayList<>();
        table.otherUniqueIndexes().forEach(index -> changes.add("DROP INDEX " + Quoted.name(index.name())));
        // such a column must begin an index, which may have been one of these
        table.description().columns().stream()
                .filter(Column::autoIncrement)
                .forEach(column -> changes.add("ADD INDEX (" + Quoted.name(column.name()) + ")"));
        return List.of(
                "DROP TABLE IF EXISTS " + making,
                "CREATE TABLE " + making + " LIKE " + table.quoted(),
                "ALTER TABLE " + making + " " + String.join(", ", changes),
                "RENAME TABLE " + making + " TO " + aside);
    }

    /** Columns that the target was given since the table for rows set aside was made. */
    private void requireColumns(Set<String> asideColumns) {
        String missing = table.description().columns().stream()
                .filter(column -> !asideColumns.contains(column.name().toLowerCase(Locale.ROOT)))
                .map(column -> "ADD COLUMN " + Quoted.name(column.name()) + " " + column.definition())
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new AsideTableNeeded(AsideName.of(table.name()), List.of("ALTER TABLE " + aside + " " + missing));
        }
    }

    /** Empty where there is no such table. */
    private Set<String> asideColumns(Connection connection) throws SQLException {
        Set<String> columns = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?")) {
            query.setString(1, table.database());
            query.setString(2, AsideName.of(table.name()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    columns.add(row.getString(1).toLowerCase(Locale.ROOT));
                }
            }
        }
        return columns;
    }

    private List<UniqueIndex> comparable() {
        return table.otherUniqueIndexes().stream().filter(UniqueIndex::whole).toList();
    }

    private boolean anythingInTheWay(Statement statement) throws SQLException {
        for (UniqueIndex index : comparable()) {
            try (ResultSet row = statement.executeQuery(
                    "SELECT 1 FROM " + batch + " b JOIN " + table.quoted() + " a ON " + meet(index) + " LIMIT 1")) {
                if (row.next()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Another row of the same unique value. */
    private String meet(UniqueIndex index) {
        return index.columns().stream()
                        .map(column -> "a." + Quoted.name(column) + " = b." + Quoted.name(column))
                        .collect(Collectors.joining(" AND "))
                + " AND NOT (" + key + ")";
    }

    private void setAside(Statement statement) throws SQLException {
        for (UniqueIndex index : comparable()) {
            statement.executeUpdate("REPLACE INTO " + aside + " (" + all + ") SELECT " + qualified("a") + " FROM "
                    + table.quoted() + " a JOIN " + batch + " b ON " + meet(index));
            statement.executeUpdate("DELETE a FROM " + table.quoted() + " a JOIN " + batch + " b ON " + meet(index));
        }
    }

    private void upsert(Statement statement) throws SQLException {
        boolean updates = comparable().size() == table.otherUniqueIndexes().size();
        List<String> columns = new ArrayList<>(
                table.writtenColumns().stream().map(Column::name).toList());
        columns.addAll(table.ownColumns());
        table.targetOnlyColumns().stream()
                .filter(column -> column.mustBeGiven() || !updates)
                .forEach(column -> columns.add(column.name()));
        if (!updates) {
            copyTargetOnlyValues(statement, table.quoted(), batch);
            statement.executeUpdate("DELETE a FROM " + table.quoted() + " a JOIN " + batch + " b ON " + key);
        }
        String names = Quoted.names(columns);
        String copied = columns.stream()
                .map(column -> table.find(column)
                        .map(known -> CopiedColumn.from("b", known))
                        .orElseGet(() -> "b." + Quoted.name(column)))
                .collect(Collectors.joining(", "));
        String assignments = columns.stream()
                .filter(column -> table.targetOnlyColumns().stream()
                        .noneMatch(kept -> kept.name().equals(column)))
                .map(table::assignment)
                .collect(Collectors.joining(", "));
        statement.executeUpdate("INSERT INTO " + table.quoted() + " (" + names + ") SELECT " + copied + " FROM " + batch
                + " b"
                + (updates ? " ON DUPLICATE KEY UPDATE " + assignments : ""));
    }

    /** Gives rows of one table the values that only the target knows from rows of the same key in another. */
    private void copyTargetOnlyValues(Statement statement, String from, String to) throws SQLException {
        String values = table.targetOnlyColumns().stream()
                .map(column -> "b." + Quoted.name(column.name()) + " = " + CopiedColumn.from("a", column))
                .collect(Collectors.joining(", "));
        if (!values.isEmpty()) {
            statement.executeUpdate("UPDATE " + to + " b JOIN " + from + " a ON " + key + " SET " + values);
        }
    }

    private void takeBack(Statement statement) throws SQLException {
        // a key is in the table and aside only when the batch has just brought its next version
        copyTargetOnlyValues(statement, aside, table.quoted());
        statement.executeUpdate("DELETE a FROM " + aside + " a JOIN " + batch + " b ON " + key);
        String free = comparable().stream()
                .map(index -> "NOT EXISTS (SELECT 1 FROM " + table.quoted() + " b WHERE " + meet(index) + ")")
                .collect(Collectors.joining(" AND "));
        statement.executeUpdate("INSERT IGNORE INTO " + table.quoted() + " (" + all + ") SELECT " + qualified("a")
                + " FROM " + aside + " a WHERE " + free);
        statement.executeUpdate("DELETE a FROM " + aside + " a JOIN " + table.quoted() + " b ON " + key);
    }

    private String qualified(String alias) {
        return table.storedColumns().stream()
                .map(column -> CopiedColumn.from(alias, column))
                .collect(Collectors.joining(", "));
    }
}
