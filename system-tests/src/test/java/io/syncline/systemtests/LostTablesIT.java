package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the target has lost comes back from the topics, though Kafka's offsets and the fence said that it was applied. */
class LostTablesIT {

    private static final int ROWS = 400;

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table users = table("users", "id").modifier("updated_at");
    private final Table prices = table("prices", "id");

    @BeforeEach
    void createTables() throws Exception {
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
    }

    @Test
    void aTableThatIsDroppedUnderTwoLoadersComesBackWhole() throws Exception {
        assertComesBack(users, "UPDATE users SET name = 'two' WHERE id = 7", "UPDATE users SET name = 'three'");
    }

    @Test
    void aRefreshedTableThatIsDroppedUnderTwoLoadersComesBackWhole() throws Exception {
        assertComesBack(prices, "DELETE FROM prices WHERE id = 8", "UPDATE prices SET version = 3");
    }

    /** Of one table alone, or all of its partitions may be one loader's. */
    private void assertComesBack(Table table, String change, String later) throws Exception {
        scenario.sync(table);
        scenario.extractor();
        List<Service> loaders = List.of(scenario.loader(), scenario.loader());
        scenario.awaitEqual();
        scenario.eventually(
                "each loader has some of its partitions",
                () -> assertThat(loaders)
                        .allSatisfy(loader -> assertThat(
                                        loader.status(table).path("phase").asText())
                                .isEqualTo("idle")));

        scenario.target().run("DROP TABLE " + table.name());
        scenario.source().run(change);
        scenario.awaitEqual();
        assertThat(loaders)
                .allSatisfy(loader -> assertThat(
                                loader.status(table).path("startedOver").asText())
                        .contains("had lost what was applied"));
        scenario.source().run(later);
        scenario.awaitEqual();
    }

    @Test
    void tablesThatAreDroppedWhileNothingChangesComeBackUnderALoaderThatRuns() throws Exception {
        scenario.extractor();
        scenario.loader();
        scenario.awaitEqual();
        long published = published();
        scenario.target().run("DROP TABLE users", "DROP TABLE prices");

        scenario.awaitEqual();
        assertThat(published()).as("nothing is read from the source once more").isEqualTo(published);
    }

    @Test
    void tablesThatAreDroppedWhileNothingChangesComeBackWhenALoaderStarts() throws Exception {
        scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        long published = published();
        loader.terminate();
        scenario.target().run("DROP TABLE users", "DROP TABLE prices");

        scenario.loader();
        scenario.awaitEqual();
        assertThat(published()).as("nothing is read from the source once more").isEqualTo(published);
    }

    @Test
    void aTableThatComesBackHasItsForeignKeys() throws Exception {
        Table orders = table("orders", "id").modifier("updated_at").with("foreign_keys", "copy");
        scenario.source().run("""
                        CREATE TABLE orders (
                          id INT PRIMARY KEY, user INT NOT NULL, updated_at TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6), KEY (updated_at),
                          CONSTRAINT buyers FOREIGN KEY (user) REFERENCES users (id))""", "INSERT INTO orders (id, user) SELECT n, n FROM " + Sql.numbers(ROWS));
        scenario.sync(users, orders);
        scenario.extractor();
        scenario.loader();
        scenario.awaitEqual();
        awaitForeignKey("orders");

        scenario.target().run("DROP TABLE orders");

        scenario.awaitEqual();
        awaitForeignKey("orders");
    }

    private void awaitForeignKey(String table) throws Exception {
        scenario.eventually(
                "the foreign key is there",
                () -> assertThat(scenario.target()
                                .rows("SHOW CREATE TABLE " + table)
                                .toString())
                        .contains("FOREIGN KEY (`user`)"));
    }

    @Test
    void aTableThatIsGivenAnotherNameIsFilledFromTheTopic() throws Exception {
        scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        loader.terminate();
        Table renamed = users.with("target_table", "people");
        scenario.sync(renamed, prices);

        scenario.loader();
        scenario.awaitEqual(renamed, prices);
    }

    /** With the tables go Syncline's own, and only Kafka says how far it had come. */
    @Test
    void aTargetThatIsLostAsAWholeComesBackThoughTheGroupsOffsetsStand() throws Exception {
        Service extractor = scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        long published = published();
        extractor.terminate();
        loader.terminate();
        loseTarget();

        scenario.loader();
        scenario.awaitEqual();
        assertThat(published()).isEqualTo(published);
    }

    /** Kafka has removed older versions by then, and a person resets the group. */
    @Test
    void compactedTopicsRebuildALostTarget() throws Exception {
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

    private long published() {
        return records(users) + records(prices);
    }
}
