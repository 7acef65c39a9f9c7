package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A target that was lost comes back from the topics alone, after Kafka has compacted them. */
class ReplayIT {

    private static final int ROWS = 400;

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table users = table("users", "id").modifier("updated_at");
    private final Table prices = table("prices", "id");

    @Test
    void compactedTopicsRebuildALostTarget() throws Exception {
        scenario.source()
                .run(
                        """
                        CREATE TABLE users (
                          id INT PRIMARY KEY, name VARCHAR(50),
                          updated_at TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
                          KEY (updated_at))""",
                        "CREATE TABLE prices (id INT PRIMARY KEY, version INT NOT NULL)",
                        "INSERT INTO users (id, name) SELECT n, 'version 1' FROM " + Sql.numbers(ROWS),
                        "INSERT INTO prices SELECT n, 1 FROM " + Sql.numbers(ROWS));
        scenario.sync(users, prices);
        Service extractor = scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        for (int version = 2; version <= 4; version++) {
            change(version);
        }
        // rows of both versions of the schema are left in the topic
        scenario.source()
                .run(
                        "ALTER TABLE users ADD COLUMN city VARCHAR(20) DEFAULT 'Ulm'",
                        "UPDATE users SET city = 'Bern' WHERE id % 5 = 0");
        scenario.awaitEqual();

        for (Table table : List.of(users, prices)) {
            scenario.topics().compactSoon(scenario.topics().rows(table));
        }
        // only what is behind a newer segment is compacted
        change(5);
        extractor.terminate();
        loader.terminate();
        scenario.eventually("most older versions are gone", () -> {
            assertThat(records(users)).isBetween((long) ROWS, 3L * ROWS / 2);
            assertThat(records(prices)).isBetween((long) ROWS, 3L * ROWS / 2);
        });

        loseTarget();
        scenario.topics().awaitNoMembers(scenario.group());
        for (Table table : List.of(users, prices)) {
            scenario.topics().commit(scenario.group(), scenario.topics().rows(table), 0);
        }
        scenario.loader();
        scenario.awaitEqual();
    }

    private void change(int version) throws Exception {
        scenario.source()
                .run(
                        "UPDATE users SET name = 'version " + version + "' WHERE id % 2 = " + version % 2,
                        "UPDATE prices SET version = " + version,
                        "DELETE FROM prices WHERE id = " + version);
        scenario.awaitEqual();
    }

    private long records(Table table) {
        return scenario.topics().committed(scenario.topics().rows(table));
    }

    private void loseTarget() throws Exception {
        String name = scenario.target().name();
        scenario.target().run("DROP DATABASE " + name, "CREATE DATABASE " + name);
    }
}
