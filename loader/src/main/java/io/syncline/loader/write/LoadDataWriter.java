package io.syncline.loader.write;

import com.mysql.cj.jdbc.JdbcStatement;
import io.syncline.common.model.Column;
import io.syncline.common.mysql.Quoted;
import io.syncline.loader.target.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes rows by {@code LOAD DATA LOCAL INFILE … REPLACE} as they are decoded, the way that costs the server least. With REPLACE a
 * value that does not fit is an error; without, LOCAL would clamp it with a warning. Only where replacing a row loses
 * nothing.
 */
final class LoadDataWriter implements RowWriter {

    /** The server takes no files from clients: as MySQL says it, as MariaDB does, and as both did. */
    private static final Set<Integer> OFF = Set.of(3948, 4166, 1148);

    private final String sql;
    private final RowSource source;
    /** For batches with values that no file can hold. */
    private final InsertWriter inserts;

    private final Runnable isOff;

    /** @param isOff called where the server takes no files; the rows are written all the same */
    LoadDataWriter(TargetTable table, Runnable isOff) {
        this.isOff = isOff;
        List<String> fields = new ArrayList<>();
        List<String> conversions = new ArrayList<>();
        for (Column column : table.writtenColumns()) {
            String conversion = conversion(column, "@f" + fields.size());
            if (conversion.isEmpty()) {
                fields.add(Quoted.name(column.name()));
            } else {
                conversions.add(Quoted.name(column.name()) + " = " + conversion);
                fields.add("@f" + fields.size());
            }
        }
        table.ownColumns().forEach(own -> fields.add(Quoted.name(own)));
        this.sql = "LOAD DATA LOCAL INFILE 'syncline' REPLACE INTO TABLE " + table.quoted() + " CHARACTER SET binary"
                + " FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' ("
                + String.join(", ", fields)
                + ")" + (conversions.isEmpty() ? "" : " SET " + String.join(", ", conversions));
        this.source = new RowSource(table);
        this.inserts = new InsertWriter(table);
    }

    /** What a column needs that does not take the field's bytes as they are; empty for nothing. */
    private static String conversion(Column column, String field) {
        return switch (column.kind()) {
            case BIT -> "CAST(" + field + " AS UNSIGNED)";
            case JSON, TYPED_JSON -> "CONVERT(" + field + " USING utf8mb4)";
            case TEXT, ENUM, SET ->
                "utf8mb4".equals(column.charset()) || "utf8mb3".equals(column.charset())
                        ? ""
                        : "CONVERT(" + field + " USING utf8mb4)";
            default -> "";
        };
    }

    @Override
    public void write(Connection connection, List<RowEvent> rows) throws SQLException {
        LoadDataStream lines = new LoadDataStream(source, rows);
        try (Statement statement = connection.createStatement()) {
            JdbcStatement local = statement.unwrap(JdbcStatement.class);
            local.setLocalInfileInputStream(lines);
            try {
                statement.executeUpdate(sql);
            } catch (SQLException e) {
                if (!OFF.contains(e.getErrorCode())) {
                    throw e;
                }
                isOff.run();
                inserts.write(connection, rows);
                return;
            } finally {
                // the session would keep it, and the pool keeps the session
                local.setLocalInfileInputStream(null);
            }
        }
        if (lines.rows() < rows.size()) {
            inserts.write(connection, rows.subList(lines.rows(), rows.size()));
        }
    }
}
