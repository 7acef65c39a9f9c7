package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Database;
import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reading by a modifier: its types, ties, NULLs, and commits that come late. */
class ModifierIT {

    @RegisterExtension
    final Scenario scenario = new Scenario();

    @Test
    void everyTypeOfModifierFindsWhatChanged() throws Exception {
        // the type, an old value, and a new one
        Map<String, List<String>> types = new LinkedHashMap<>();
        types.put("DATETIME", List.of("'2020-02-29 12:00:00'", "NOW()"));
        types.put("DATETIME(6)", List.of("'2020-02-29 12:00:00.123456'", "NOW(6)"));
        types.put("TIMESTAMP(3)", List.of("'2020-02-29 12:00:00.123'", "NOW(3)"));
        types.put("TIMESTAMP", List.of("'2020-02-29 12:00:00'", "NOW()"));
        types.put("DATE", List.of("'2020-02-29'", "CURDATE()"));
        types.put("INT", List.of("-5", "100"));
        types.put("BIGINT UNSIGNED", List.of("9223372036854775808", "18446744073709551615"));
        List<Table> tables = new ArrayList<>();
        for (Map.Entry<String, List<String>> type : types.entrySet()) {
            Table each = table("by_" + tables.size(), "id").modifier("at");
            tables.add(each);
            scenario.source()
                    .run(
                            "CREATE TABLE " + each.name() + " (id INT PRIMARY KEY, v INT, at " + type.getKey()
                                    + " NOT NULL, KEY (at))",
                            "INSERT INTO " + each.name() + " SELECT n, 0, "
                                    + type.getValue().get(0) + " FROM " + Sql.numbers(20));
        }
        scenario.sync(tables.toArray(Table[]::new));
        scenario.run();
        scenario.awaitEqual();
        List<String> values = types.values().stream().map(each -> each.get(1)).toList();
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < tables.size(); i++) {
                scenario.source()
                        .run(
                                "UPDATE by_" + i + " SET v = " + round + ", at = " + values.get(i) + " WHERE id = 3",
                                "INSERT INTO by_" + i + " VALUES (" + (100 + round) + ", 1, " + values.get(i) + ")");
            }
            scenario.awaitEqual();
        }
    }

    @Test
    void rowsThatShareAModifierAreAllRead() throws Exception {
        Table ties = table("ties", "a", "b").modifier("at");
        scenario.source()
                .run(
                        "CREATE TABLE ties (a INT, b VARCHAR(10), v INT, at DATETIME, PRIMARY KEY (b, a), KEY (at))",
                        "INSERT INTO ties SELECT n, n % 7, 0, '2021-05-05 05:05:05' FROM " + Sql.numbers(95));
        scenario.set("FETCH_LIMIT", "10");
        scenario.sync(ties);
        scenario.run();
        scenario.awaitEqual();
        scenario.source().run("UPDATE ties SET v = 1, at = NOW()");
        scenario.awaitEqual();
        scenario.source()
                .run("INSERT INTO ties SELECT n + 1000, 'more', 2, (SELECT MAX(at) FROM ties AS t) FROM "
                        + Sql.numbers(35));
        scenario.awaitEqual();
        scenario.source().run("UPDATE ties SET v = 3, at = NOW()", "UPDATE ties SET v = 1, at = NOW() WHERE a % 2");
        scenario.awaitEqual();
    }

    @Test
    void rowsWithoutAModifierAreIncludedSkippedOrRefused() throws Exception {
        Table include = withNulls("include");
        Table skip = withNulls("skip");
        Table fail = withNulls("fail");
        scenario.sync(include, skip, fail);
        Service extractor = scenario.extractor();
        scenario.loader();
        scenario.awaitEqual(include, skip);
        scenario.eventually("the choices are shown", () -> {
            assertThat(extractor.status(skip).path("rowsWithoutModifier").asLong())
                    .isEqualTo(10);
            assertThat(extractor.status(fail).path("phase").asText()).isEqualTo("halted");
            assertThat(extractor.status(fail).path("lastError").asText()).contains("null_modifier", "10 rows");
        });

        scenario.source()
                .run(
                        "UPDATE nulls_include SET v = -1 WHERE at IS NULL AND id < 10",
                        "INSERT INTO nulls_include VALUES (77, 7, NULL)",
                        "UPDATE nulls_skip SET at = NOW(6) WHERE id = 3",
                        "UPDATE nulls_fail SET at = NOW(6) WHERE at IS NULL");
        scenario.awaitEqual();
    }

    private Table withNulls(String choice) throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE nulls_" + choice + " (id INT PRIMARY KEY, v INT, at DATETIME(6) NULL, KEY (at))",
                        "INSERT INTO nulls_" + choice + " SELECT n, n, IF(n % 3, '2022-02-02 02:02:02', NULL) FROM "
                                + Sql.numbers(30));
        return table("nulls_" + choice, "id").modifier("at").with("null_modifier", choice);
    }

    @Test
    void aCommitThatComesLateIsNotMissed() throws Exception {
        List<Table> tables = List.of(
                table("late_0", "id").modifier("at"),
                table("late_1", "id").modifier("at"),
                table("late_2", "id").modifier("at"));
        List<String> types = List.of("TIMESTAMP(6)", "DATETIME", "DATETIME(6)");
        for (int i = 0; i < tables.size(); i++) {
            String type = types.get(i);
            String now = type.contains("6") ? "CURRENT_TIMESTAMP(6)" : "CURRENT_TIMESTAMP";
            scenario.source()
                    .run(
                            "CREATE TABLE late_" + i + " (id INT PRIMARY KEY, v INT, at " + type + " DEFAULT " + now
                                    + " ON UPDATE " + now + ", KEY (at))",
                            "INSERT INTO late_" + i + " (id, v) VALUES (1, 1), (2, 2)");
        }
        scenario.sync(tables.toArray(Table[]::new));
        Service extractor = scenario.extractor();
        scenario.loader();
        scenario.awaitEqual();
        try (Connection late = scenario.source().connect()) {
            late.setAutoCommit(false);
            for (int i = 0; i < tables.size(); i++) {
                Database.run(
                        late,
                        "INSERT INTO late_" + i + " (id, v) VALUES (50, 1)",
                        "UPDATE late_" + i + " SET v = 20 WHERE id = 2");
            }
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < tables.size(); i++) {
                    scenario.source().run("INSERT INTO late_" + i + " (id, v) VALUES (" + (100 + round) + ", 1)");
                }
                scenario.awaitEqual();
                for (Table each : tables) {
                    scenario.awaitPasses(extractor, each, 4);
                }
            }
            late.commit();
        }
        scenario.awaitEqual();
    }
}
