package io.syncline.quickstart;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One side's rows of a table, streamed in the order of their primary key. Belongs to one thread. */
final class ComparedRows implements AutoCloseable {
    private final List<ComparedColumn> key;
    private final List<ComparedColumn> columns;
    private final Statement statement;
    private final ResultSet rows;
    private boolean hasRow;

    ComparedRows(Connection connection, String table, List<ComparedColumn> key, List<ComparedColumn> columns)
            throws SQLException {
        this.key = key;
        this.columns = columns;
        var order = key.stream().map(ComparedColumn::orderExpression).toList();
        var selected = Stream.concat(order.stream(), columns.stream().map(ComparedColumn::valueExpression))
                .collect(Collectors.joining(", "));
        statement = connection.createStatement();
        statement.setFetchSize(Integer.MIN_VALUE); // Connector/J's way to say: row by row
        rows = statement.executeQuery(
                "SELECT " + selected + " FROM `" + table.replace("`", "``") + "` ORDER BY " + String.join(", ", order));
        next();
    }

    boolean hasRow() {
        return hasRow;
    }

    void next() throws SQLException {
        hasRow = rows.next();
    }

    /** Below, at or above the other side's row; both must have one. */
    int compareKey(ComparedRows other) throws SQLException {
        for (var index = 0; index < key.size(); index++) {
            var mine = rows.getString(index + 1);
            var theirs = other.rows.getString(index + 1);
            var order = key.get(index).isNumber()
                    ? new BigDecimal(mine).compareTo(new BigDecimal(theirs))
                    : mine.compareTo(theirs);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Nullable
    String value(int column) throws SQLException {
        return rows.getString(key.size() + 1 + column);
    }

    /** The key as people read it. */
    String shownKey() throws SQLException {
        var parts = new ArrayList<String>();
        for (var column : key) {
            parts.add(column.name() + "=" + value(columns.indexOf(column)));
        }
        return String.join(", ", parts);
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
