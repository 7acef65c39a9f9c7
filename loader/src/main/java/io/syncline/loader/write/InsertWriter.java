package io.syncline.loader.write;

import io.syncline.common.model.Column;
import io.syncline.common.model.TableSchema;
import io.syncline.common.mysql.Quoted;
import io.syncline.loader.target.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Upserts by multi-row {@code INSERT … ON DUPLICATE KEY UPDATE}, which leaves the columns that only the target has as they
 * are. Only for tables in which the key is the one unique index, for it would update whatever row it meets in another.
 */
final class InsertWriter implements RowWriter {

    /** Well below what servers take as one packet. */
    private static final int STATEMENT_CHARACTERS = 1 << 20;

    private static final int STATEMENT_ROWS = 2_000;

    private final TargetTable table;
    private final String head;
    private final String fill;
    private final String tail;
    private final RowSource source;
    private final ParameterWriter single;

    InsertWriter(TargetTable table) {
        this(table, table.quoted(), true);
    }

    /** @param updates whether a row whose key is there is updated, or is an error */
    InsertWriter(TargetTable table, String into, boolean updates) {
        List<String> columns = new ArrayList<>(
                table.writtenColumns().stream().map(Column::name).toList());
        columns.addAll(table.ownColumns());
        List<Column> filled =
                table.targetOnlyColumns().stream().filter(Column::mustBeGiven).toList();
        List<String> all = new ArrayList<>(columns);
        filled.forEach(column -> all.add(column.name()));
        String insert = "INSERT INTO " + into + " (" + Quoted.names(all) + ") ";
        this.table = table;
        this.head = insert + "VALUES ";
        this.fill =
                filled.stream().map(column -> "," + ImplicitDefault.of(column)).collect(Collectors.joining());
        this.tail = updates ? " ON DUPLICATE KEY UPDATE " + assignments(columns, table) : "";
        this.source = new RowSource(table);
        this.single = new ParameterWriter(table, insert, fill, tail);
    }

    /** False where the row has no literals, and what was appended is to be taken back. */
    private boolean append(RowEvent row, LiteralSink sink, StringBuilder sql, int count) {
        sql.append(count == 0 ? "(" : ",(");
        sink.beginRow();
        source.values(row, sink);
        sql.append(fill).append(')');
        return sink.isComplete();
    }

    private static String assignments(List<String> columns, TargetTable table) {
        List<String> key = table.schema().table().primaryKey();
        String assignments = columns.stream()
                .filter(column -> key.stream().noneMatch(part -> TableSchema.sameName(part, column)))
                .map(table::assignment)
                .collect(Collectors.joining(", "));
        // the key's own spelling may change under a collation that does not see it
        String spelling = key.stream().map(table::assignment).collect(Collectors.joining(", "));
        return assignments.isEmpty() ? spelling : spelling + ", " + assignments;
    }

    @Override
    public void write(Connection connection, List<RowEvent> rows) throws SQLException {
        StringBuilder sql = new StringBuilder(head);
        LiteralSink sink = new LiteralSink(sql);
        int count = 0;
        try (Statement statement = connection.createStatement();
                ErrorValues errors = new ErrorValues(connection, table)) {
            for (RowEvent row : rows) {
                int rowBegins = sql.length();
                boolean alone = row.value().length > STATEMENT_CHARACTERS || !append(row, sink, sql, count);
                if (alone) {
                    sql.setLength(rowBegins);
                } else {
                    count++;
                }
                if (count > 0 && (alone || count == STATEMENT_ROWS || sql.length() > STATEMENT_CHARACTERS)) {
                    statement.executeUpdate(sql.append(tail).toString());
                    sql.setLength(head.length());
                    count = 0;
                }
                if (alone) {
                    single.write(connection, row, errors);
                }
            }
            if (count > 0) {
                statement.executeUpdate(sql.append(tail).toString());
            }
        }
    }
}
