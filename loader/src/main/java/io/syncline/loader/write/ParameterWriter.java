package io.syncline.loader.write;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.row.ParameterSink;
import io.syncline.loader.target.TargetTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes one row by a prepared statement, whose large values the driver sends in pieces: for rows beyond a statement's size. */
final class ParameterWriter {

    private final String sql;
    private final RowSource source;

    /**
     * Prepares nothing yet.
     *
     * @param head up to VALUES
     * @param fill literals behind the parameters
     * @param tail what follows the row
     */
    ParameterWriter(TargetTable table, String head, String fill, String tail) {
        List<String> parameters = new ArrayList<>();
        for (Column column : table.writtenColumns()) {
            // a number given as text would be stored as its digits
            parameters.add(column.kind() == ColumnKind.BIT ? "CAST(? AS UNSIGNED)" : "?");
        }
        table.ownColumns().forEach(own -> parameters.add("?"));
        this.sql = head + parameters.stream().collect(Collectors.joining(",", "(", "")) + fill + ")" + tail;
        this.source = new RowSource(table);
    }

    void write(Connection connection, RowEvent row) throws SQLException {
        ParameterSink values = new ParameterSink();
        source.values(row, values);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int position = 1;
            for (Object value : values.values()) {
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
