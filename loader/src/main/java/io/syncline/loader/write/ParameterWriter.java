package io.syncline.loader.write;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.mysql.Quoted;
import io.syncline.common.row.CharsetText;
import io.syncline.common.row.MemberNumber;
import io.syncline.common.row.ParameterSink;
import io.syncline.common.row.TypedJson;
import io.syncline.loader.target.TargetTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one row by a prepared statement, whose large values the driver sends in pieces: for rows beyond a statement's size,
 * and for values that no literal stands for.
 */
final class ParameterWriter {

    private static final String ALIAS = "e";
    /** MySQL takes a parameter for characters until it has seen its first value. */
    private static final String AS_BYTES = "CAST(? AS BINARY)";

    /** What was said is collected for the statement. */
    private record Parameters(List<@Nullable Object> collected) implements TypedJsonSql.Operands {
        @Override
        public String text(String value) {
            collected.add(value);
            return "?";
        }

        @Override
        public String bytes(byte[] value) {
            collected.add(value);
            return AS_BYTES;
        }
    }

    private final String head;
    private final String fill;
    private final String tail;
    private final List<Column> columns;
    private final int ownColumns;
    private final RowSource source;

    /**
     * Prepares nothing yet.
     *
     * @param head up to the columns' names
     * @param fill literals behind the parameters
     * @param tail what follows the row
     */
    ParameterWriter(TargetTable table, String head, String fill, String tail) {
        this.head = head;
        this.fill = fill;
        this.tail = tail;
        this.columns = table.writtenColumns();
        this.ownColumns = table.ownColumns().size();
        this.source = new RowSource(table);
    }

    /** @param errors where an ENUM's error value is copied from */
    void write(Connection connection, RowEvent row, ErrorValues errors) throws SQLException {
        ParameterSink sink = new ParameterSink();
        source.values(row, sink);
        List<@Nullable Object> values = sink.values();
        List<String> expressions = new ArrayList<>();
        List<@Nullable Object> parameters = new ArrayList<>();
        boolean copies = false;
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            Object value = values.get(i);
            if (isErrorValue(column, value)) {
                expressions.add(ALIAS + "." + Quoted.name(column.name()));
                copies = true;
            } else if (value instanceof CharsetText text) {
                expressions.add(text.literal());
            } else if (value instanceof TypedJson json) {
                expressions.add(TypedJsonSql.of(json, new Parameters(parameters)));
            } else {
                expressions.add(expression(column, value));
                parameters.add(parameter(column, value));
            }
        }
        expressions.addAll(Collections.nCopies(ownColumns, "?"));
        parameters.addAll(values.subList(columns.size(), values.size()));
        String written = String.join(",", expressions) + fill;
        String sql = copies
                ? head + "SELECT " + written + " FROM " + errors.table() + " " + ALIAS + tail
                : head + "VALUES (" + written + ")" + tail;
        execute(connection, sql, parameters);
    }

    private static boolean isErrorValue(Column column, @Nullable Object value) {
        return column.kind() == ColumnKind.ENUM && value instanceof MemberNumber member && member.number() == 0;
    }

    private static String expression(Column column, @Nullable Object value) {
        boolean numbered = value instanceof MemberNumber && hasMembers(column);
        if (column.type().startsWith("vector")) {
            return AS_BYTES;
        }
        // a number given as text would be stored as its digits; one cast at once is clamped to 63 bits by MySQL
        return numbered || column.kind() == ColumnKind.BIT ? "CAST(CAST(? AS CHAR) AS UNSIGNED)" : "?";
    }

    private static @Nullable Object parameter(Column column, @Nullable Object value) {
        if (value instanceof MemberNumber member) {
            return hasMembers(column) ? Long.toUnsignedString(member.number()) : member.name();
        }
        return value;
    }

    /** A target may hold an ENUM's or SET's values as text. */
    private static boolean hasMembers(Column column) {
        return column.kind() == ColumnKind.ENUM || column.kind() == ColumnKind.SET;
    }

    private static void execute(Connection connection, String sql, List<@Nullable Object> parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int position = 1;
            for (Object value : parameters) {
                if (value instanceof byte[] bytes) {
                    statement.setBytes(position++, bytes);
                } else {
                    statement.setString(position++, (String) value);
                }
            }
            statement.executeUpdate();
        }
    }
}
