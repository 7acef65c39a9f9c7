package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Full refreshes that are killed, that overlap, that find an empty source, or a target on which other things hang. */
class RefreshIT {

    private static final int ROWS = 800;

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table prices = table("prices", "id");

    private void create() throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE prices (id INT PRIMARY KEY, version INT NOT NULL)",
                        "INSERT INTO prices SELECT n, 1 FROM " + Sql.numbers(ROWS));
        scenario.set("FETCH_LIMIT", "40");
    }

    private void assertNothingLeft() throws Exception {
        assertThat(scenario.target().values("SHOW TABLES"))
                .as("leftovers")
                .noneMatch(name -> String.valueOf(name).startsWith("_syncline_stage")
                        || String.valueOf(name).startsWith("_syncline_old")
                        || String.valueOf(name).startsWith("_syncline_aside"));
        assertThat(scenario.target().count("_syncline_refresh")).isZero();
    }

    @Test
    void whoeverIsKilledInWhateverPhaseReadersSeeWholeRefreshes() throws Exception {
        create();
        scenario.sync(prices);
        Service extractor = scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        // of a loader that died long ago
        String staging = "_syncline_stage_"
                + scenario.target()
                        .values("SELECT LEFT(SHA2('prices', 256), 16)")
                        .get(0) + "_";
        scenario.target()
                .run("CREATE TABLE " + staging + "0 LIKE prices", "CREATE TABLE " + staging + "77 LIKE prices");
        try (var reader = GenerationReader.of(scenario.target(), "prices")) {
            for (int version = 2; version <= 5; version++) {
                scenario.source().run("UPDATE prices SET version = " + version);
                // each round strikes a little later in the refresh
                await().pollDelay(Duration.ofMillis(150L * version)).until(() -> true);
                if (version % 2 == 0) {
                    loader.kill();
                    loader = scenario.loader();
                } else {
                    extractor.kill();
                    // the one that the killed one began is overtaken by that of its successor
                    scenario.source().run("UPDATE prices SET version = " + (10 + version));
                    extractor = scenario.extractor();
                }
            }
            scenario.awaitEqual();
            assertThat(reader.stop())
                    .as("rows and versions seen")
                    .allMatch(seen -> seen.equals(ROWS + " rows, 1 version"));
        }
        scenario.source().run("UPDATE prices SET version = 99");
        scenario.awaitEqual();
        scenario.eventually("nothing is left", this::assertNothingLeft);
    }

    /** The staging table counts anew, and other rows may have got the numbers that these are to have back. */
    @Test
    void numbersThatTheTargetGivesItsRowsStayTheirs() throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE prices (id INT PRIMARY KEY, version INT NOT NULL)",
                        "INSERT INTO prices SELECT n, 1 FROM " + Sql.numbers(40));
        scenario.target()
                .run("CREATE TABLE prices (number BIGINT AUTO_INCREMENT PRIMARY KEY, id INT NOT NULL UNIQUE,"
                        + " version INT NOT NULL)");
        scenario.sync(prices);
        scenario.run();
        scenario.awaitEqual();
        String numbers = "SELECT CONCAT(id, ' ', number) FROM prices WHERE id BETWEEN 11 AND 40 ORDER BY id";
        List<?> before = scenario.target().values(numbers);
        for (String change : List.of(
                "DELETE FROM prices WHERE id <= 10",
                "INSERT INTO prices SELECT n - 40, 2 FROM " + Sql.numbers(30),
                "UPDATE prices SET version = 3")) {
            scenario.source().run(change);
            scenario.awaitEqual();
            assertThat(scenario.target().values(numbers)).isEqualTo(before);
        }
        scenario.target().run("INSERT INTO prices (id, version) VALUES (-100, 0)");
    }

    @Test
    void aChangeIsFoundOnWhicheverPageItIs() throws Exception {
        create();
        scenario.sync(prices);
        scenario.extractor();
        scenario.loader();
        scenario.awaitEqual();
        for (String change : List.of(
                "UPDATE prices SET version = 2 WHERE id = 1",
                "UPDATE prices SET version = 3 WHERE id = 410",
                "UPDATE prices SET version = 4 WHERE id = " + ROWS,
                "DELETE FROM prices WHERE id = 2",
                "INSERT INTO prices VALUES (" + (ROWS + 1) + ", 6)",
                "DELETE FROM prices WHERE id > 700")) {
            scenario.source().run(change);
            scenario.awaitEqual();
        }
    }

    @Test
    void anEmptySourceEmptiesTheTargetOrLeavesItAsToldTo() throws Exception {
        create();
        scenario.source()
                .run(
                        "CREATE TABLE kept (id INT PRIMARY KEY, version INT NOT NULL)",
                        "INSERT INTO kept SELECT n, 1 FROM " + Sql.numbers(ROWS),
                        "CREATE TABLE never (id INT PRIMARY KEY, version INT NOT NULL)");
        Table kept = table("kept", "id").with("empty_source", "keep");
        Table never = table("never", "id").with("empty_source", "keep");
        scenario.sync(prices, kept, never);
        Service extractor = scenario.extractor();
        scenario.loader();
        scenario.awaitEqual();

        scenario.source().run("DELETE FROM prices", "DELETE FROM kept");
        scenario.awaitEqual(prices, never);
        for (Table each : List.of(kept, never)) {
            scenario.eventually(
                    each.name() + " is shown as empty",
                    () -> assertThat(extractor.status(each).path("phase").asText())
                            .isEqualTo("source empty"));
        }
        assertThat(scenario.target().count("kept")).isEqualTo(ROWS);
        assertThat(extractor.output()).contains("the source is empty, and the target keeps its rows");

        scenario.source().run("INSERT INTO kept VALUES (1, 2)", "INSERT INTO never VALUES (1, 2)");
        scenario.awaitEqual();
    }

    @Test
    void aTriggerThatLetsNoRowBeDeletedHaltsTheTableUntilItIsMended() throws Exception {
        create();
        scenario.sync(prices);
        scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        scenario.target()
                .run("CREATE TRIGGER keeper BEFORE DELETE ON prices FOR EACH ROW"
                        + " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'prices stay'");
        scenario.source().run("UPDATE prices SET version = 2");
        scenario.eventually("it says what is in the way", () -> {
            assertThat(loader.status(prices).path("phase").asText()).isEqualTo("halted");
            assertThat(loader.status(prices).path("lastError").asText())
                    .contains("refresh of prices", "prices stay (error 1644)", "mend the trigger");
        });
        assertThat(scenario.target().number("SELECT COUNT(*) FROM prices WHERE version = 1"))
                .isEqualTo(ROWS);

        scenario.target().run("DROP TRIGGER keeper");
        scenario.awaitEqual();
        scenario.eventually("nothing is left", this::assertNothingLeft);
    }

    @Test
    void aTargetWithTriggersAndForeignKeysKeepsThem() throws Exception {
        create();
        scenario.target()
                .run(
                        "CREATE TABLE prices (id INT PRIMARY KEY, version INT NOT NULL)",
                        "CREATE TABLE orders (id INT PRIMARY KEY, price INT,"
                                + " FOREIGN KEY (price) REFERENCES prices (id) ON DELETE CASCADE)",
                        "CREATE TABLE seen (n INT NOT NULL)",
                        "INSERT INTO seen VALUES (0)",
                        "CREATE TRIGGER watch AFTER INSERT ON prices FOR EACH ROW UPDATE seen SET n = n + 1");
        scenario.sync(prices);
        scenario.run();
        scenario.awaitEqual();
        scenario.target().run("INSERT INTO orders VALUES (1, 5), (2, 6)");
        long before = scenario.target().number("SELECT n FROM seen");

        try (var reader = GenerationReader.of(scenario.target(), "prices")) {
            scenario.source().run("UPDATE prices SET version = 2");
            scenario.awaitEqual();
            assertThat(reader.stop())
                    .as("rows and versions seen")
                    .allMatch(seen -> seen.equals(ROWS + " rows, 1 version"));
        }
        assertThat(scenario.target().count("orders")).isEqualTo(2);
        assertThat(scenario.target().number("SELECT n FROM seen")).isGreaterThan(before);
        assertThat(scenario.target().values("SHOW CREATE TABLE orders")).hasSize(1);
        assertThat(scenario.target()
                        .number("SELECT COUNT(*) FROM information_schema.referential_constraints WHERE"
                                + " constraint_schema = DATABASE() AND referenced_table_name = 'prices'"))
                .isEqualTo(1);
        scenario.eventually("nothing is left", this::assertNothingLeft);
    }
}
