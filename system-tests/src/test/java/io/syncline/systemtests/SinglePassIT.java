package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Database;
import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code INTERVAL=0}: one pass and exit. */
class SinglePassIT {

    private static final Duration PASS = Duration.ofSeconds(60);

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table users = table("users", "id").modifier("updated_at");
    private final Table codes = table("codes", "code");

    private void create() throws Exception {
        scenario.source()
                .run(
                        """
                        CREATE TABLE users (
                          id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(20),
                          updated_at DATETIME(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3))""",
                        "CREATE TABLE codes (code CHAR(3) PRIMARY KEY, name VARCHAR(20))",
                        "INSERT INTO users (name) SELECT n FROM " + Sql.numbers(500),
                        "INSERT INTO codes SELECT n, n FROM " + Sql.numbers(99));
        scenario.set("INTERVAL", "0");
        scenario.set("FETCH_LIMIT", "100");
    }

    @Test
    void eachServiceEndsWhenItsPassIsDone() throws Exception {
        create();
        scenario.sync(users, codes);
        assertThat(scenario.extractor().awaitExit(PASS)).isZero();
        assertThat(scenario.loader().awaitExit(PASS)).isZero();
        scenario.awaitEqual();

        Map<TopicPartition, Long> usersEnds = scenario.topics().ends(users);
        Map<TopicPartition, Long> codesEnds = scenario.topics().ends(codes);
        assertThat(scenario.extractor().awaitExit(PASS)).isZero();
        assertThat(scenario.loader().awaitExit(PASS)).isZero();
        assertThat(scenario.topics().ends(users))
                .as("a second run publishes nothing")
                .isEqualTo(usersEnds);
        assertThat(scenario.topics().ends(codes)).isEqualTo(codesEnds);

        scenario.source().run("UPDATE users SET name = 'x' WHERE id = 5", "DELETE FROM codes WHERE code = '7'");
        assertThat(scenario.extractor().awaitExit(PASS)).isZero();
        assertThat(scenario.loader().awaitExit(PASS)).isZero();
        scenario.awaitEqual();
    }

    @Test
    void integersOfAFormerPassAreNotReadAgain() throws Exception {
        Table numbers = numbers();
        scenario.source().run("INSERT INTO numbers SELECT 100 + n, 100 + n FROM " + Sql.numbers(5000));
        assertThat(scenario.extractor().awaitExit(PASS)).isZero();
        Map<TopicPartition, Long> ends = scenario.topics().ends(numbers);
        long read = indexEntriesRead();
        assertThat(scenario.extractor().awaitExit(PASS)).isZero();
        assertThat(scenario.topics().ends(numbers)).isEqualTo(ends);
        assertThat(indexEntriesRead() - read).isLessThan(1000);
        assertThat(scenario.loader().awaitExit(PASS)).isZero();
        scenario.awaitEqual();
    }

    @Test
    void anIntegerThatIsCommittedBehindAPassIsNotMissed() throws Exception {
        numbers();
        try (Connection open = scenario.source().connect()) {
            open.setAutoCommit(false);
            Database.run(open, "INSERT INTO numbers VALUES (200, 200)");
            scenario.source().run("INSERT INTO numbers VALUES (201, 201)");
            assertThat(scenario.extractor().awaitExit(PASS)).isZero();
            open.commit();
        }
        assertThat(scenario.extractor().awaitExit(PASS)).isZero();
        assertThat(scenario.loader().awaitExit(PASS)).isZero();
        scenario.awaitEqual();
    }

    /** Of which a first pass has read 100. */
    private Table numbers() throws Exception {
        Table numbers = table("numbers", "id").modifier("at");
        scenario.source()
                .run(
                        "CREATE TABLE numbers (id INT PRIMARY KEY, at BIGINT, KEY (at))",
                        "INSERT INTO numbers SELECT n, n FROM " + Sql.numbers(100));
        scenario.set("INTERVAL", "0");
        scenario.sync(numbers);
        assertThat(scenario.extractor().awaitExit(PASS)).isZero();
        return numbers;
    }

    private long indexEntriesRead() throws SQLException {
        return Long.parseLong(String.valueOf(scenario.source()
                .rows("SHOW GLOBAL STATUS LIKE 'Handler_read_next'")
                .get(0)
                .get(1)));
    }

    @Test
    void aLoaderThatComesFirstWaitsForThePass() throws Exception {
        create();
        scenario.sync(users, codes);
        var loader = scenario.loader().awaitReady();
        assertThat(scenario.extractor().awaitExit(PASS)).isZero();
        assertThat(loader.awaitExit(PASS)).isZero();
        scenario.awaitEqual();
    }

    @Test
    void aTableThatFailsMakesTheStatusOneAndHoldsNoOtherBack() throws Exception {
        create();
        scenario.sync(users, table("forgotten", "id"), codes);
        var extractor = scenario.extractor();
        assertThat(extractor.awaitExit(PASS)).isEqualTo(1);
        assertThat(extractor.output())
                .contains("there is no table " + scenario.source().name() + ".forgotten");

        scenario.target().run("CREATE TABLE codes (code CHAR(3), name VARCHAR(20))");
        scenario.sync(users, codes);
        var loader = scenario.loader();
        assertThat(loader.awaitExit(PASS)).isEqualTo(1);
        assertThat(loader.output()).contains("ALTER TABLE");
        scenario.awaitEqual(users);
    }
}
