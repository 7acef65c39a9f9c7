package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every type with its least, its greatest and its awkward values, by first copy, by update and by full refresh. */
class TypesIT {

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table types = table("types", "id").modifier("modified");
    private final Table whole = table("types_whole", "id");

    @Test
    void everyValueArrivesAsItIs() throws Exception {
        List<TypeColumn> columns = TypeColumn.all();
        String definitions = columns.stream()
                .map(column -> Sql.name(column.name()) + " " + column.definition())
                .collect(Collectors.joining(",\n"));
        for (Table each : List.of(types, whole)) {
            scenario.source()
                    .run("CREATE TABLE " + each.name() + " (id INT PRIMARY KEY, modified INT NOT NULL DEFAULT 0,\n"
                            + definitions + ", KEY (modified))");
            insert(each.name(), columns);
        }
        scenario.sync(types, whole);
        scenario.run();
        scenario.awaitEqual();

        // each row takes the values of the next, so that every value comes by an update, too
        for (Table each : List.of(types, whole)) {
            scenario.source()
                    .run(
                            "SET @rows = (SELECT MAX(id) + 1 FROM " + each.name() + ")",
                            "UPDATE " + each.name() + " SET id = -1 - (id + 1) % @rows",
                            "UPDATE " + each.name() + " SET id = -1 - id, modified = 1");
        }
        scenario.awaitEqual();
    }

    /** Row 0 is all NULL; row n has each column's nth value, or its last. */
    private void insert(String table, List<TypeColumn> columns) throws Exception {
        int most = columns.stream()
                .mapToInt(column -> column.values().size())
                .max()
                .orElseThrow();
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < most; row++) {
            int index = row;
            rows.add("(" + (row + 1) + ", 0, "
                    + columns.stream()
                            .map(column -> column.values()
                                    .get(Math.min(index, column.values().size() - 1)))
                            .collect(Collectors.joining(", "))
                    + ")");
        }
        scenario.source().run("INSERT INTO " + table + " (id) VALUES (0)");
        for (String row : rows) {
            scenario.source().run("INSERT INTO " + table + " VALUES " + row);
        }
    }

    @Test
    void keysOfEveryTypeIdentifyTheirRows() throws Exception {
        List<Table> tables = new ArrayList<>();
        List<List<String>> keys = List.of(
                List.of("BINARY(16)", "UNHEX('00112233445566778899aabbccddee00')", "UNHEX('00')", "UNHEX('01')"),
                List.of("BIGINT UNSIGNED", "18446744073709551615", "9223372036854775807", "0"),
                List.of("DECIMAL(30,10)", "12345678901234567890.0123456789", "-0.5", "12345678901234567890.0123456788"),
                List.of(
                        "DATETIME(3)",
                        "'0000-00-00 00:00:00'",
                        "'2026-03-08 02:30:00.001'",
                        "'2026-03-08 02:30:00.002'"),
                List.of("VARCHAR(20) CHARACTER SET utf8mb4", "'a'", "'b '", "'Öl'", "'\uD83D\uDE00'"),
                List.of("ENUM('z','a','m')", "'z'", "'a'", "'m'"),
                List.of("DATE", "'2024-00-00'", "'1000-01-01'", "'9999-12-31'"),
                List.of("TIME(2)", "'-838:59:59'", "'00:00:00'", "'838:59:58.99'"));
        for (List<String> key : keys) {
            for (boolean incremental : new boolean[] {true, false}) {
                Table each = table("key_" + tables.size(), "k");
                tables.add(incremental ? each.modifier("modified") : each);
                scenario.source()
                        .run("CREATE TABLE " + each.name() + " (k " + key.get(0)
                                + " NOT NULL PRIMARY KEY, v INT, modified INT NOT NULL, KEY (modified))");
                for (String value : key.subList(1, key.size())) {
                    scenario.source().run("INSERT INTO " + each.name() + " VALUES (" + value + ", 1, 1)");
                }
            }
        }
        scenario.set("FETCH_LIMIT", "2");
        scenario.set("TOPIC_PARTITIONS", "2");
        scenario.sync(tables.toArray(Table[]::new));
        scenario.run();
        scenario.awaitEqual();
        for (Table each : tables) {
            scenario.source().run("UPDATE " + each.name() + " SET v = 2, modified = 2");
        }
        scenario.awaitEqual();
    }
}
