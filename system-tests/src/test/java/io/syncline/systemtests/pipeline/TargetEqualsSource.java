package io.syncline.systemtests.pipeline;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The guarantee that the whole of Syncline is for: every row that {@code tables.json} asks for is at the target, with every value
 * as it is at the source, and no other row is. Both sides' own SQL turns values into text, which is compared. Says nothing
 * sensible while somebody writes.
 */
public final class TargetEqualsSource {

    private static final int ENOUGH = 20;

    private final Database source;
    private final Database target;

    public TargetEqualsSource(Database source, Database target) {
        this.source = source;
        this.target = target;
    }

    /** What differs, the first {@value #ENOUGH} or so, each with its table, key, column and both values. */
    public List<String> differences(Collection<Table> tables) throws SQLException {
        List<String> differences = new ArrayList<>();
        try (Connection from = source.connect();
                Connection to = target.connect()) {
            Database.run(from, "SET time_zone = '+00:00'");
            Database.run(to, "SET time_zone = '+00:00'");
            for (Table table : tables) {
                differences.addAll(differences(from, to, table));
            }
        }
        return differences;
    }

    private static List<String> differences(Connection from, Connection to, Table table) throws SQLException {
        List<ExactColumn> columns = ExactColumn.of(from, table.name()).stream()
                .filter(column -> table.wants(column.name()))
                .toList();
        List<ExactColumn> there = ExactColumn.of(to, table.target());
        if (columns.isEmpty() || there.isEmpty()) {
            return List.of(table.name() + ": the table is missing at the " + (columns.isEmpty() ? "source" : "target"));
        }
        List<String> missing = columns.stream()
                .map(ExactColumn::name)
                .filter(name -> ExactColumn.find(there, name).isEmpty())
                .map(name -> table.name() + " " + name + ": the column is missing at the target")
                .toList();
        if (!missing.isEmpty()) {
            return missing;
        }
        List<ExactColumn> twins = columns.stream()
                .map(column -> ExactColumn.find(there, column.name()).orElseThrow())
                .toList();
        return merge(
                table,
                columns,
                rows(from, table.name(), table.primaryKey(), besides(columns, twins), table.condition()),
                rows(to, table.target(), table.primaryKey(), besides(twins, columns), Optional.empty()));
    }

    private static List<ExactColumn> besides(List<ExactColumn> columns, List<ExactColumn> others) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i).besides(others.get(i)))
                .toList();
    }

    /** All rows by the exact text of their key. */
    private static Map<String, List<@Nullable String>> rows(
            Connection connection,
            String table,
            List<String> key,
            List<ExactColumn> columns,
            Optional<String> condition)
            throws SQLException {
        String keys = key.stream()
                .map(name -> ExactColumn.find(columns, name).orElseThrow().expression())
                .collect(Collectors.joining(", ', ', ", "CONCAT(", ")"));
        String selected = Stream.concat(Stream.of(keys), columns.stream().map(ExactColumn::expression))
                .collect(Collectors.joining(", "));
        String where = condition.map(text -> " WHERE " + text).orElse("");
        Map<String, List<@Nullable String>> rows = new TreeMap<>();
        for (List<@Nullable String> row :
                Database.rows(connection, "SELECT " + selected + " FROM " + Sql.name(table) + where)) {
            rows.put(String.valueOf(row.get(0)), row.subList(1, row.size()));
        }
        return rows;
    }

    private static List<String> merge(
            Table table,
            List<ExactColumn> columns,
            Map<String, List<@Nullable String>> source,
            Map<String, List<@Nullable String>> target) {
        List<String> differences = new ArrayList<>();
        source.forEach((key, row) -> {
            List<@Nullable String> twin = target.remove(key);
            if (differences.size() < ENOUGH) {
                differences.addAll(
                        twin == null
                                ? List.of(table.name() + " [" + key + "]: missing at the target")
                                : differences(table.name() + " [" + key + "] ", columns, row, twin));
            }
        });
        target.keySet().stream()
                .limit(ENOUGH)
                .map(key -> table.name() + " [" + key + "]: at the target alone")
                .forEach(differences::add);
        return differences;
    }

    private static List<String> differences(
            String place, List<ExactColumn> columns, List<@Nullable String> source, List<@Nullable String> target) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!Objects.equals(source.get(i), target.get(i))) {
                differences.add(
                        place + columns.get(i).name() + ": source " + source.get(i) + ", target " + target.get(i));
            }
        }
        return differences;
    }
}
