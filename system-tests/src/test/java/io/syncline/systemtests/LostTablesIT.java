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

/** Target tables that someone drops come back with all rows, though Kafka's offsets and the fence said that they were applied. */
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
                        "INSERT INTO users (id, name) SELECT n, 'one' FROM " + Sql.numbers(ROWS),
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
        String name = scenario.target().name();
        scenario.target().run("DROP DATABASE " + name, "CREATE DATABASE " + name);

        scenario.loader();
        scenario.awaitEqual();
        assertThat(published()).isEqualTo(published);
    }

    private long published() {
        return scenario.topics().committed(scenario.topics().rows(users))
                + scenario.topics().committed(scenario.topics().rows(prices));
    }
}
