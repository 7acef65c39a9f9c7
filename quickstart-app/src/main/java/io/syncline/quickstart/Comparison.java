package io.syncline.quickstart;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Compares a table's rows on both sides value by value, over all columns that the source has, except {@code _dlt_*}. Both sides are
 * streamed in the order of the primary key, so a table may be of any size. Says nothing sensible while somebody writes. Belongs to
 * one thread; the connections, in their databases, stay the caller's.
 */
public final class Comparison {
    /** So many differences of one table are collected; a table that differs everywhere would fill the memory. */
    static final int ENOUGH = 20;

    private final Connection source;
    private final Connection target;

    public Comparison(Connection source, Connection target) throws SQLException {
        this.source = source;
        this.target = target;
        for (var connection : List.of(source, target)) {
            try (var statement = connection.createStatement()) {
                statement.execute("SET time_zone = '+00:00'");
                statement.execute("SET max_sort_length = 8192"); // the longest key's digits, all of them
            }
        }
    }

    /** The differences of all the tables; none when both sides are equal. */
    public List<Difference> differences(List<SyncedTable> tables) throws SQLException {
        var differences = new ArrayList<Difference>();
        for (var table : tables) {
            differences.addAll(differences(table));
        }
        return differences;
    }

    /** The first {@value #ENOUGH} or so differences of one table. */
    public List<Difference> differences(SyncedTable table) throws SQLException {
        var columns = ComparedColumn.of(source, table.name());
        var missing = missingAtTarget(table, columns);
        if (!missing.isEmpty()) {
            return missing;
        }
        var key = table.primaryKey().stream()
                .map(name -> column(columns, table, name))
                .toList();
        try (var atSource = new ComparedRows(source, table.name(), key, columns);
                var atTarget = new ComparedRows(target, table.name(), key, columns)) {
            return merge(table.name(), columns, atSource, atTarget);
        }
    }

    private List<Difference> missingAtTarget(SyncedTable table, List<ComparedColumn> columns) throws SQLException {
        var there = ComparedColumn.of(target, table.name()).stream()
                .map(ComparedColumn::name)
                .toList();
        if (there.isEmpty()) {
            return List.of(new Difference(table.name(), "table", "(all)", "there", "missing"));
        }
        return columns.stream()
                .map(ComparedColumn::name)
                .filter(name -> there.stream().noneMatch(name::equalsIgnoreCase))
                .map(name -> new Difference(table.name(), "column", name, "there", "missing"))
                .toList();
    }

    private static ComparedColumn column(List<ComparedColumn> columns, SyncedTable table, String name) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(table.name() + " has no column " + name));
    }

    private static List<Difference> merge(
            String table, List<ComparedColumn> columns, ComparedRows source, ComparedRows target) throws SQLException {
        var differences = new ArrayList<Difference>();
        while ((source.hasRow() || target.hasRow()) && differences.size() < ENOUGH) {
            var order = !source.hasRow() ? 1 : !target.hasRow() ? -1 : source.compareKey(target);
            if (order == 0) {
                differences.addAll(differentValues(table, columns, source, target));
            } else if (order < 0) {
                differences.add(new Difference(table, source.shownKey(), "(row)", "there", "missing"));
            } else {
                differences.add(new Difference(table, target.shownKey(), "(row)", "missing", "there"));
            }
            if (order <= 0) {
                source.next();
            }
            if (order >= 0) {
                target.next();
            }
        }
        return differences;
    }

    private static List<Difference> differentValues(
            String table, List<ComparedColumn> columns, ComparedRows source, ComparedRows target) throws SQLException {
        var differences = new ArrayList<Difference>();
        for (var index = 0; index < columns.size(); index++) {
            var expected = source.value(index);
            var found = target.value(index);
            if (!Objects.equals(expected, found)) {
                differences.add(new Difference(
                        table, source.shownKey(), columns.get(index).name(), expected, found));
            }
        }
        return differences;
    }
}
