package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Tables at the source with every value of some columns: one for each way that the loader writes rows. Row 0 is all NULL where
 * it may be; row n has each column's nth value, or its last.
 */
final class TypeTables {

    /** A way of writing, and what has the loader take it. */
    private enum Way {
        STATEMENT("", 1),
        /** Some hundred rows at once. */
        FILE("", 250),
        /** Beyond what one statement holds. */
        PARAMETERS(", padding LONGBLOB", 1),
        /** An index beside the key's. */
        UNIQUE_KEYS(", UNIQUE (another)", 1),
        /** Rows of a full refresh. */
        STAGED("", 1);

        private final String more;
        private final int rows;

        Way(String more, int rows) {
            this.more = more;
            this.rows = rows;
        }
    }

    private final Scenario scenario;
    private final String name;
    private final List<TypeColumn> columns;

    TypeTables(Scenario scenario, String name, List<TypeColumn> columns) {
        this.scenario = scenario;
        this.name = name;
        this.columns = List.copyOf(columns);
    }

    /**
     * Has all of it copied, updated and refreshed.
     *
     * @param targetsSqlMode which values the target's own sessions take; the source's take the others
     */
    void arrive(String targetsSqlMode) throws Exception {
        scenario.target().setGlobalSqlMode(targetsSqlMode);
        scenario.source().setGlobalSqlMode(targetsSqlMode.isEmpty() ? "TRADITIONAL" : "");
        create();
        // or partitions would leave too few rows for a file
        scenario.set("TOPIC_PARTITIONS", "1");
        scenario.sync(tables().toArray(Table[]::new));
        scenario.run();
        scenario.awaitEqual();
        update();
        scenario.awaitEqual();
        assertThat(scenario.topics().committed(scenario.topics().rejects()))
                .as("rejects")
                .isZero();
    }

    private List<Table> tables() {
        return Arrays.stream(Way.values()).map(this::tableOf).toList();
    }

    private Table tableOf(Way way) {
        Table each = table(name + "_" + way.name().toLowerCase(Locale.ROOT), "id");
        return way == Way.STAGED ? each : each.modifier("modified");
    }

    private void create() throws SQLException {
        scenario.source().run("SET sql_mode = 'ALLOW_INVALID_DATES'");
        for (Way way : Way.values()) {
            create(tableOf(way).name(), way);
        }
        scenario.source().run("SET sql_mode = ''");
    }

    private void create(String table, Way way) throws SQLException {
        String definitions = columns.stream()
                .map(column -> Sql.name(column.name()) + " " + column.definition())
                .collect(Collectors.joining(",\n"));
        scenario.source()
                .run(
                        "CREATE TABLE " + table
                                + " (id INT PRIMARY KEY, another INT, modified INT NOT NULL DEFAULT 0,\n" + definitions
                                + way.more + ", KEY (modified))",
                        "INSERT INTO " + table + " (id, another) VALUES (0, 0)");
        String names = columns.stream().map(column -> Sql.name(column.name())).collect(Collectors.joining(", "));
        int most = columns.stream()
                .mapToInt(column -> column.values().size())
                .max()
                .orElseThrow();
        for (int row = 1; row <= most; row++) {
            scenario.source()
                    .run("INSERT INTO " + table + " (id, another, " + names + ") VALUES (" + row + ", " + row + ", "
                            + values(row) + ")");
        }
        int copies = way.rows / (most + 1);
        if (copies > 0) {
            scenario.source()
                    .run("INSERT INTO " + table + " (id, " + names + ") SELECT id + n * " + (most + 1) + ", " + names
                            + " FROM " + table + ", " + Sql.numbers(copies));
        }
        if (way == Way.PARAMETERS) {
            scenario.source().run("UPDATE " + table + " SET padding = REPEAT(UNHEX('00FF'), 600000)");
        }
    }

    private String values(int row) {
        List<String> values = new ArrayList<>();
        for (TypeColumn column : columns) {
            values.add(column.values().get(Math.min(row, column.values().size()) - 1));
        }
        return String.join(", ", values);
    }

    /** Gives each row the values of the next, so that every value comes by an update, too. */
    private void update() throws SQLException {
        for (Table each : tables()) {
            scenario.source()
                    .run(
                            "START TRANSACTION",
                            "SET @rows = (SELECT MAX(id) + 1 FROM " + each.name() + ")",
                            "UPDATE " + each.name() + " SET id = -1 - (id + 1) % @rows",
                            "UPDATE " + each.name() + " SET id = -1 - id, modified = 1",
                            "COMMIT");
        }
    }
}
