package io.syncline.systemtests.faults;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Services that are stopped for longer than their group waits for them, and go on as if nothing had been. */
class PausedOwnersIT {

    private static final int ROWS = 20_000;

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table goods = table("goods", "id").modifier("updated_at");

    private void createGoods() throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE goods (id INT PRIMARY KEY, version INT NOT NULL, updated_at TIMESTAMP(6) DEFAULT"
                                + " CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), KEY (updated_at))",
                        "INSERT INTO goods (id, version) SELECT n, 1 FROM " + Sql.numbers(ROWS));
        scenario.set("FETCH_LIMIT", "500");
        scenario.set("KAFKA_SESSION_TIMEOUT_MS", "3000");
        scenario.set("KAFKA_HEARTBEAT_INTERVAL_MS", "500");
        // of one that is paused within a transaction the target takes the locks after two minutes
        scenario.patience(Duration.ofMinutes(4));
        scenario.sync(goods);
    }

    /** A service as a thing that can be paused. */
    private static Victim victim(Service service) {
        return new ServiceVictim("paused", () -> service);
    }

    private void assertEachOnceAndNothingLeft() {
        scenario.eventually(
                "nothing is left",
                () -> assertThat(NothingLeft.violations(scenario.source(), scenario.target(), scenario.topics()))
                        .isEmpty());
        try (PublishedOnce published = new PublishedOnce(scenario.topics(), List.of(goods))) {
            assertThat(published.violations()).isEmpty();
        }
    }

    @Test
    void aLoaderThatWasPausedForLongerThanItsSessionOverwritesNothingNewer() throws Exception {
        createGoods();
        scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        Victim paused = victim(loader);
        try (VersionsOnlyGrow versions = VersionsOnlyGrow.watch(scenario.target(), List.of(goods))) {
            scenario.source().run("UPDATE goods SET version = 2");
            scenario.eventually(
                    "the paused one has events in hand",
                    () -> assertThat(scenario.target().number("SELECT COUNT(*) FROM goods WHERE version = 2"))
                            .isPositive());
            paused.pause();
            try {
                scenario.topics().awaitNoMembers(scenario.group());
                Service next = scenario.loader();
                scenario.source().run("UPDATE goods SET version = 3");
                scenario.awaitEqual();
                assertThat(next.status(goods).path("rows").asLong()).isPositive();
            } finally {
                paused.resume();
            }
            // what the paused one had in hand is of version 2
            scenario.eventually(
                    "both have a share",
                    () -> assertThat(scenario.topics().shares(scenario.group())).hasSize(2));
            scenario.source().run("UPDATE goods SET version = 4 WHERE id <= 100");
            scenario.awaitEqual();
            assertThat(versions.violations()).isEmpty();
        }
        assertEachOnceAndNothingLeft();
    }

    @Test
    void anExtractorThatWasPausedForLongerThanItsSessionPublishesNothingMore() throws Exception {
        createGoods();
        Service extractor = scenario.extractor().awaitReady();
        scenario.eventually(
                "the copy is under way",
                () -> assertThat(extractor.status(goods).path("rows").asLong()).isPositive());
        Victim paused = victim(extractor);
        paused.pause();
        try {
            assertThat(scenario.topics().committed(scenario.topics().rows(goods)))
                    .isBetween(1L, ROWS - 1L);
            scenario.topics().awaitNoMembers(scenario.extractorGroup());
            scenario.run();
            scenario.awaitEqual();
            scenario.source().run("UPDATE goods SET version = 2 WHERE id <= 100");
            scenario.awaitEqual();
        } finally {
            paused.resume();
        }
        scenario.eventually(
                "it is a member again",
                () -> assertThat(scenario.topics().shares(scenario.extractorGroup()))
                        .hasSize(2));
        scenario.source().run("UPDATE goods SET version = 3 WHERE id <= 100");
        scenario.awaitEqual();
        assertEachOnceAndNothingLeft();
    }
}
