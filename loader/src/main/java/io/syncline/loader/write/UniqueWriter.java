package io.syncline.loader.write;

import io.syncline.common.model.Column;
import io.syncline.common.mysql.Quoted;
import io.syncline.common.mysql.UniqueIndex;
import io.syncline.common.row.RowDigest;
import io.syncline.loader.target.TargetTable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Upserts into a table with unique indexes beside the key's, without ever updating another row through one of them.
 *
 * <p>A row that holds a unique value which a newly come row has at the source is out of date, or the newly come one is:
 * partitions do not wait for each other. So the row in the way is set aside, in {@code _syncline_aside_…}, until its own
 * next version comes, or until nothing is in its way any more and it returns as it was. When every event is applied, each
 * row's newest version is in the table or aside, and those of the source are in nobody's way.
 *
 * <p>All of it happens in the batch's transaction; the table for rows set aside is made when the first row needs it.
 */
final class UniqueWriter implements RowWriter {

    private static final String BATCH = "_syncline_batch";

    private final TargetTable table;
    private final String batch;
    private final String aside;
    private final String all;
    private final String key;

    UniqueWriter(TargetTable table) {
        this.table = table;
        this.batch = Quoted.table(table.database(), BATCH);
        this.aside = Quoted.table(table.database(), asideName(table.name()));
        this.all = Quoted.names(table.description().columns().stream()
                .filter(column -> !column.isGenerated())
                .map(Column::name)
                .toList());
        this.key = table.schema().table().primaryKey().stream()
                .map(column -> "a." + Quoted.name(column) + " = b." + Quoted.name(column))
                .collect(Collectors.joining(" AND "));
    }

    /** The table for rows set aside from a table of this name. */
    static String asideName(String table) {
        byte[] bytes = table.getBytes(StandardCharsets.UTF_8);
        String digest =
                HexFormat.of().formatHex(RowDigest.of(bytes, 0, bytes.length).toBytes());
        return "_syncline_aside_" + digest.substring(0, 16);
    }

    @Override
    public void write(Connection connection, List<RowEvent> rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TEMPORARY TABLE IF EXISTS " + batch);
            createBatch(statement);
            new InsertWriter(table, batch, false).write(connection, rows);
            boolean somethingAside = asideExists(connection);
            if (!somethingAside && anythingInTheWay(statement)) {
                // making a table would commit the batch's transaction, so another session does it
                throw new AsideTableNeeded(asideName(table.name()), createAside());
            }
            if (somethingAside) {
                setAside(statement);
            }
            upsert(statement);
            if (somethingAside) {
                takeBack(statement);
            }
            statement.execute("DROP TEMPORARY TABLE " + batch);
        }
    }

    /** Columns without indexes: to alter a table, even a temporary one, would commit the batch's transaction. */
    private void createBatch(Statement statement) throws SQLException {
        statement.execute(
                "CREATE TEMPORARY TABLE " + batch + " SELECT " + all + " FROM " + table.quoted() + " WHERE FALSE");
    }

    private List<String> createAside() {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE IF NOT EXISTS " + aside + " LIKE " + table.quoted());
        table.otherUniqueIndexes()
                .forEach(index -> statements.add("ALTER TABLE " + aside + " DROP INDEX " + Quoted.name(index.name())));
        return statements;
    }

    private boolean asideExists(Connection connection) throws SQLException {
        try (ResultSet tables =
                connection.getMetaData().getTables(table.database(), null, asideName(table.name()), null)) {
            return tables.next();
        }
    }

    private boolean anythingInTheWay(Statement statement) throws SQLException {
        for (UniqueIndex index : table.otherUniqueIndexes()) {
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
        for (UniqueIndex index : table.otherUniqueIndexes()) {
            statement.executeUpdate("REPLACE INTO " + aside + " (" + all + ") SELECT " + qualified("a") + " FROM "
                    + table.quoted() + " a JOIN " + batch + " b ON " + meet(index));
            statement.executeUpdate("DELETE a FROM " + table.quoted() + " a JOIN " + batch + " b ON " + meet(index));
        }
    }

    private void upsert(Statement statement) throws SQLException {
        List<String> columns = new ArrayList<>(
                table.writtenColumns().stream().map(Column::name).toList());
        columns.addAll(table.ownColumns());
        String names = Quoted.names(columns);
        List<String> given = new ArrayList<>();
        table.targetOnlyColumns().stream().filter(Column::mustBeGiven).forEach(column -> given.add(column.name()));
        String more = given.isEmpty() ? "" : ", " + Quoted.names(given);
        String assignments = columns.stream()
                .map(column -> Quoted.name(column) + " = VALUES(" + Quoted.name(column) + ")")
                .collect(Collectors.joining(", "));
        statement.executeUpdate("INSERT INTO " + table.quoted() + " (" + names + more + ") SELECT " + names + more
                + " FROM " + batch + " ON DUPLICATE KEY UPDATE " + assignments);
    }

    private void takeBack(Statement statement) throws SQLException {
        List<Column> kept = table.targetOnlyColumns();
        if (!kept.isEmpty()) {
            String values = kept.stream()
                    .map(column -> "t." + Quoted.name(column.name()) + " = a." + Quoted.name(column.name()))
                    .collect(Collectors.joining(", "));
            statement.executeUpdate("UPDATE " + table.quoted() + " t JOIN " + batch + " b ON " + key.replace("a.", "t.")
                    + " JOIN " + aside + " a ON " + key + " SET " + values);
        }
        statement.executeUpdate("DELETE a FROM " + aside + " a JOIN " + batch + " b ON " + key);
        String free = table.otherUniqueIndexes().stream()
                .map(index -> "NOT EXISTS (SELECT 1 FROM " + table.quoted() + " b WHERE " + meet(index) + ")")
                .collect(Collectors.joining(" AND "));
        statement.executeUpdate("INSERT IGNORE INTO " + table.quoted() + " (" + all + ") SELECT " + qualified("a")
                + " FROM " + aside + " a WHERE " + free);
        statement.executeUpdate("DELETE a FROM " + aside + " a JOIN " + table.quoted() + " b ON " + key);
    }

    private String qualified(String alias) {
        return table.description().columns().stream()
                .filter(column -> !column.isGenerated())
                .map(column -> alias + "." + Quoted.name(column.name()))
                .collect(Collectors.joining(", "));
    }
}
