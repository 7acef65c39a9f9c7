package io.syncline.loader.write;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.mysql.Quoted;
import io.syncline.loader.target.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A temporary table of one row, in which every ENUM column of a target table has its error value, the number 0. A strict
 * session refuses that value wherever it comes as a literal or a parameter, as it should; from column to column it is
 * copied as it is. IGNORE is for this one row, which holds nothing else. Made when it is first asked for; belongs to one
 * transaction.
 */
final class ErrorValues implements AutoCloseable {

    private static final String NAME = "_syncline_error_values";

    private final Connection connection;
    private final TargetTable table;
    private final List<String> enums;
    private final String quoted;
    private boolean made;

    ErrorValues(Connection connection, TargetTable table) {
        this.connection = connection;
        this.table = table;
        this.enums = table.writtenColumns().stream()
                .filter(column -> column.kind() == ColumnKind.ENUM)
                .map(Column::name)
                .toList();
        this.quoted = Quoted.table(table.database(), NAME);
    }

    /** The table's name for SQL. */
    String table() throws SQLException {
        if (!made) {
            made = true;
            String names = Quoted.names(enums);
            execute("DROP TEMPORARY TABLE IF EXISTS " + quoted);
            execute("CREATE TEMPORARY TABLE " + quoted + " SELECT " + names + " FROM " + table.quoted()
                    + " WHERE FALSE");
            execute("INSERT IGNORE INTO " + quoted + " (" + names + ") VALUES ("
                    + String.join(", ", enums.stream().map(name -> "0").toList()) + ")");
        }
        return quoted;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Drops the table; one that an error has left behind is dropped when the session makes the next. */
    @Override
    public void close() throws SQLException {
        if (made) {
            execute("DROP TEMPORARY TABLE IF EXISTS " + quoted);
        }
    }
}
