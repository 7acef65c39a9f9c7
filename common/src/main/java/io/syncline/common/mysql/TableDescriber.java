package io.syncline.common.mysql;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a table's structure from the server's own catalogue. Stateless. */
public final class TableDescriber {

    private static final String COLUMNS = """
            SELECT COLUMN_NAME, COLUMN_TYPE, DATA_TYPE, NUMERIC_PRECISION, NUMERIC_SCALE, DATETIME_PRECISION,
                   IS_NULLABLE, COLUMN_DEFAULT, CHARACTER_SET_NAME, COLLATION_NAME, GENERATION_EXPRESSION, EXTRA,
                   COLUMN_COMMENT, ORDINAL_POSITION
              FROM information_schema.COLUMNS
             WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?
             ORDER BY ORDINAL_POSITION""";

    private static final String UNIQUE_INDEXES = """
            SELECT INDEX_NAME, COLUMN_NAME, NULLABLE, SUB_PART
              FROM information_schema.STATISTICS
             WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND NON_UNIQUE = 0
             ORDER BY INDEX_NAME, SEQ_IN_INDEX""";

    private static final int LOOKS = 40;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private TableDescriber() {}

    /**
     * The table as it is now; empty where there is none of that name.
     *
     * @throws SQLTransientException where an ALTER keeps the table from being looked at
     */
    public static Optional<TableDescription> describe(Connection connection, String database, String table)
            throws SQLException {
        for (int look = 0; look < LOOKS; look++) {
            Optional<TableDescription> found = look(connection, database, table);
            if (found.isEmpty() || isWhole(found.get())) {
                return found;
            }
            Pause.of(PAUSE);
        }
        throw new SQLTransientException(database + "." + table + " is being altered by another session");
    }

    /** MariaDB's catalogue passes over a table that an ALTER has for itself at that moment, as if it had no columns. */
    private static boolean isWhole(TableDescription table) {
        boolean hasUnique = table.statement().indexes().stream()
                .anyMatch(index -> index.startsWith("PRIMARY KEY ") || index.startsWith("UNIQUE KEY "));
        return !table.columns().isEmpty()
                && !(hasUnique && table.uniqueIndexes().isEmpty());
    }

    private static Optional<TableDescription> look(Connection connection, String database, String table)
            throws SQLException {
        Optional<CreateTable> statement = createTable(connection, database, table);
        if (statement.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TableDescription(
                columns(connection, database, table, statement.get()),
                uniqueIndexes(connection, database, table),
                statement.get(),
                connection.getMetaData().getDatabaseProductVersion()));
    }

    private static Optional<CreateTable> createTable(Connection connection, String database, String table)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW CREATE TABLE " + Quoted.table(database, table))) {
            rows.next();
            if (!rows.getMetaData().getColumnLabel(1).equalsIgnoreCase("Table")) {
                throw new SQLException(database + "." + table + " is a view; name a table", "42000", 1347);
            }
            return Optional.of(CreateTable.parse(rows.getString(2)));
        } catch (SQLException e) {
            if (e.getErrorCode() == 1146) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static List<Column> columns(Connection connection, String database, String table, CreateTable statement)
            throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setString(1, database);
            query.setString(2, table);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    columns.add(column(row, statement));
                }
            }
        }
        return columns;
    }

    private static Column column(ResultSet row, CreateTable statement) throws SQLException {
        String name = row.getString("COLUMN_NAME");
        String type = row.getString("COLUMN_TYPE");
        String charset = row.getString("CHARACTER_SET_NAME");
        String expression = row.getString("GENERATION_EXPRESSION");
        String extra = row.getString("EXTRA");
        ColumnKind kind = ColumnKind.of(row.getString("DATA_TYPE"), type, charset);
        boolean numeric = kind == ColumnKind.DECIMAL;
        return new Column(
                name,
                type,
                kind,
                numeric ? row.getInt("NUMERIC_PRECISION") : row.getInt("DATETIME_PRECISION"),
                numeric ? row.getInt("NUMERIC_SCALE") : 0,
                row.getString("IS_NULLABLE").equals("YES"),
                row.getString("COLUMN_DEFAULT"),
                charset,
                row.getString("COLLATION_NAME"),
                expression == null || expression.isEmpty() ? null : expression,
                extra != null && extra.contains("auto_increment"),
                row.getString("COLUMN_COMMENT"),
                row.getInt("ORDINAL_POSITION"),
                statement.columns().getOrDefault(name, type));
    }

    private static List<UniqueIndex> uniqueIndexes(Connection connection, String database, String table)
            throws SQLException {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        List<String> nullable = new ArrayList<>();
        List<String> partial = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(UNIQUE_INDEXES)) {
            query.setString(1, database);
            query.setString(2, table);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String index = row.getString("INDEX_NAME");
                    String column = row.getString("COLUMN_NAME");
                    columns.computeIfAbsent(index, unknown -> new ArrayList<>());
                    if (column == null || "YES".equals(row.getString("NULLABLE"))) {
                        nullable.add(index);
                    }
                    if (column == null || row.getString("SUB_PART") != null) {
                        partial.add(index);
                    }
                    if (column != null) {
                        columns.getOrDefault(index, new ArrayList<>()).add(column);
                    }
                }
            }
        }
        return columns.entrySet().stream()
                .map(index -> new UniqueIndex(
                        index.getKey(),
                        index.getValue(),
                        nullable.contains(index.getKey()),
                        !partial.contains(index.getKey())))
                .toList();
    }
}
