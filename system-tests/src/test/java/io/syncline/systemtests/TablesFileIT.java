package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an entry of {@code tables.json} may say. */
class TablesFileIT {

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private void create(String... tables) throws Exception {
        for (String each : tables) {
            scenario.source()
                    .run(
                            "CREATE TABLE " + each
                                    + " (id INT, part VARCHAR(5), v INT, secret VARCHAR(20), at DATETIME(6)"
                                    + " DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),"
                                    + " PRIMARY KEY (id, part), KEY (at))",
                            "INSERT INTO " + each
                                    + " SELECT n DIV 2, IF(n % 2, 'a', 'b'), n, 'secret', '2020-01-01' + INTERVAL n DAY FROM "
                                    + Sql.numbers(200));
        }
    }

    private static Table keyed(String name) {
        return table(name, "id", "part");
    }

    @Test
    void rowsAndColumnsAreChosenAndTablesRenamed() throws Exception {
        create("young", "some", "narrow", "narrower", "renamed", "some_whole");
        List<Table> tables = List.of(
                keyed("young").modifier("at").with("initial_value", "2020-04-01 00:00:00"),
                keyed("some").modifier("at").with("where", "part = 'a' AND v % 3 = 0 OR v = 8"),
                keyed("narrow").modifier("at").with("columns", Map.of("exclude", List.of("secret"))),
                keyed("narrower").modifier("at").with("columns", Map.of("include", List.of("id", "part", "at"))),
                keyed("renamed").modifier("at").with("target_table", "andere Tabelle"),
                keyed("some_whole").with("where", "v > 100").with("columns", Map.of("exclude", List.of("secret"))));
        scenario.sync(tables.toArray(Table[]::new));
        scenario.run();
        scenario.awaitEqual();
        for (Table each : tables) {
            scenario.source()
                    .run(
                            "UPDATE " + each.name() + " SET v = v + 3 WHERE id = 99 AND part = 'a'",
                            "INSERT INTO " + each.name() + " (id, part, v) VALUES (1000, 'a', 999), (1001, 'b', 7)");
        }
        scenario.awaitEqual();
        assertThat(scenario.target().count("young")).isLessThan(150);
        assertThat(scenario.target().has("renamed")).isFalse();
        assertThat(scenario.target()
                        .values("SELECT table_name FROM information_schema.columns WHERE table_schema = DATABASE()"
                                + " AND column_name = 'secret' ORDER BY 1"))
                .containsExactly("andere Tabelle", "some", "young");
    }

    @Test
    void anIntervalOfATablesOwnHoldsForItAlone() throws Exception {
        create("quick", "slow");
        Table quick = keyed("quick").modifier("at");
        Table slow = keyed("slow").modifier("at").with("interval", 600);
        scenario.sync(quick, slow);
        Service extractor = scenario.extractor();
        scenario.loader();
        scenario.awaitEqual();
        scenario.eventually(
                "the first pass",
                () -> assertThat(extractor.status(slow).path("phase").asText()).isEqualTo("idle"));
        scenario.awaitPasses(extractor, quick, 2);
        String passed = extractor.status(slow).path("lastSuccess").asText();
        scenario.source().run("UPDATE quick SET v = -1 WHERE id = 5", "UPDATE slow SET v = -1 WHERE id = 5");
        scenario.awaitEqual(quick);
        scenario.awaitPasses(extractor, quick, 5);
        assertThat(extractor.status(slow).path("lastSuccess").asText()).isEqualTo(passed);
        assertThat(scenario.target().values("SELECT DISTINCT v FROM slow WHERE id = 5"))
                .doesNotContain("-1");
    }

    @Test
    void aModifierMayBeSetInThePastAsFarAsTheLagReaches() throws Exception {
        create("lagging");
        Table lagging = keyed("lagging").modifier("at").with("lag", 3600);
        scenario.sync(lagging);
        scenario.run();
        scenario.awaitEqual();
        scenario.source().run("UPDATE lagging SET v = 1, at = NOW(6) WHERE id = 1");
        scenario.awaitEqual();
        scenario.source().run("UPDATE lagging SET v = 2, at = NOW(6) - INTERVAL 50 MINUTE WHERE id = 2");
        scenario.awaitEqual();
    }

    @Test
    void aLoadersOwnFileNarrowsAndRenamesAndWithoutOneItTakesAll() throws Exception {
        create("found", "ignored");
        Table found = keyed("found").modifier("at");
        Table ignored = keyed("ignored");
        scenario.sync(found, ignored);
        Service extractor = scenario.extractor();
        scenario.awaitPasses(extractor, found, 1);
        scenario.awaitPasses(extractor, ignored, 1);

        Table renamed = found.with("target_table", "found_elsewhere");
        scenario.sync(renamed);
        Service narrow = scenario.loader();
        scenario.awaitEqual(renamed);
        assertThat(scenario.target().has("ignored")).isFalse();
        narrow.terminate();

        Files.delete(scenario.folder().resolve("tables.json"));
        scenario.set("CONSUMER_GROUP", scenario.group() + "-2");
        scenario.loader();
        scenario.awaitEqual(found, ignored);
    }
}
