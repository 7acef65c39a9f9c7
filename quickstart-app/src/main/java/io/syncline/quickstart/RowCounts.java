package io.syncline.quickstart;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many rows each table has on one side; a table that isn't there has none. Immutable. */
record RowCounts(Map<String, Long> rows) {
    private static final int NO_SUCH_TABLE = 1146;

    RowCounts {
        rows = Map.copyOf(rows);
    }

    static RowCounts of(Connection connection, List<SyncedTable> tables) throws SQLException {
        var rows = new HashMap<String, Long>();
        for (var table : tables) {
            rows.put(table.name(), count(connection, table.name()));
        }
        return new RowCounts(rows);
    }

    long total() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT COUNT(*) FROM `" + table + "`")) {
            result.next();
            return result.getLong(1);
        } catch (SQLException failed) {
            if (failed.getErrorCode() == NO_SUCH_TABLE) {
                return 0;
            }
            throw failed;
        }
    }
}
