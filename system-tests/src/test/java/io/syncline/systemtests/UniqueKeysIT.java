package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Database;
import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.sql.Connection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secondary unique keys: a row never updates another row, and values that change hands arrive. */
class UniqueKeysIT {

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table seats = table("seats", "id").modifier("at");

    @Test
    void rowsSwapAndHandOnTheirUniqueValues() throws Exception {
        scenario.source()
                .run(
                        """
                        CREATE TABLE seats (
                          id INT PRIMARY KEY, seat VARCHAR(10) NULL UNIQUE, line INT NOT NULL, place INT NOT NULL,
                          at TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), UNIQUE (line, place))""",
                        "INSERT INTO seats (id, seat, line, place) VALUES (1, 'A', 1, 1), (2, 'B', 1, 2), (3, 'C', 1, 3),"
                                + " (4, NULL, 2, 1), (5, NULL, 2, 2), (6, 'F', 2, 3), (7, 'G', 2, 4), (8, 'H', 3, 1)");
        scenario.sync(seats);
        scenario.run();
        scenario.awaitEqual();

        // a swap of two, by way of a third value
        swap(1, 2);
        scenario.awaitEqual();
        // a ring of three, each of which may lie in another partition
        swap(1, 3);
        swap(3, 6);
        swap(8, 1);
        scenario.awaitEqual();
        // a value handed on, and one that a deleted row leaves behind for a new one
        scenario.source()
                .run(
                        "UPDATE seats SET seat = NULL WHERE id = 7",
                        "UPDATE seats SET seat = 'G' WHERE id = 4",
                        "INSERT INTO seats (id, seat, line, place) VALUES (9, 'I', 9, 9)",
                        "UPDATE seats SET seat = 'i2', line = 10 WHERE id = 9",
                        "INSERT INTO seats (id, seat, line, place) VALUES (10, 'I', 9, 9)");
        scenario.awaitEqual();
        assertThat(scenario.target().count("seats")).isEqualTo(10);
        assertThat(scenario.topics().committed(scenario.topics().rejects())).isZero();
    }

    @Test
    void whatOnlyTheTargetKnowsOfARowSetAsideComesBackWithIt() throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE seats (id INT PRIMARY KEY, seat VARCHAR(10) NOT NULL UNIQUE, line INT NOT NULL, at"
                                + " TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6))",
                        "INSERT INTO seats (id, seat, line) SELECT n, n, 0 FROM " + Sql.numbers(40));
        scenario.target()
                .run("CREATE TABLE seats (id INT PRIMARY KEY, seat VARCHAR(10) NOT NULL UNIQUE, line INT NOT NULL,"
                        + " at TIMESTAMP(6) NULL, note VARCHAR(20) NOT NULL DEFAULT 'none')");
        scenario.sync(seats);
        scenario.run();
        scenario.awaitEqual();
        scenario.target().run("UPDATE seats SET note = CONCAT('of ', id)");

        // every seat moves on by one, in one statement each: all rows are in one another's way, in all partitions
        scenario.source()
                .run(
                        "UPDATE seats SET seat = CONCAT('x', seat)",
                        "UPDATE seats SET seat = (id + 1) % 40",
                        "UPDATE seats SET line = 1 WHERE id < 20");
        scenario.awaitEqual();
        for (int round = 0; round < 3; round++) {
            swap(1, 2);
            swap(2, 3);
            swap(30, 4);
        }
        scenario.awaitEqual();
        assertThat(scenario.target().number("SELECT COUNT(*) FROM seats WHERE note <> CONCAT('of ', id)"))
                .isZero();
        assertThat(scenario.topics().committed(scenario.topics().rejects())).isZero();
    }

    /** Rows of half a batch and more come in a batch each. */
    @ParameterizedTest
    @ValueSource(ints = {10, 5_000_000})
    void twoRowsOfOnePartitionSwapInOneBatchAndInTwo(int bytes) throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE seats (id INT PRIMARY KEY, seat VARCHAR(10) NOT NULL UNIQUE, view LONGTEXT,"
                                + " at TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6))",
                        "INSERT INTO seats (id, seat, view) SELECT n, n, REPEAT('x', " + bytes + ") FROM "
                                + Sql.numbers(3));
        scenario.set("TOPIC_PARTITIONS", "1");
        scenario.sync(seats);
        scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        for (int first = 1; first <= 2; first++) {
            loader.terminate();
            long published = scenario.topics().committed(scenario.topics().rows(seats));
            swapAtOnce(first, 3 - first);
            scenario.eventually(
                    "both rows are in the topic",
                    () -> assertThat(scenario.topics()
                                    .committed(scenario.topics().rows(seats)))
                            .isEqualTo(published + 2));
            loader = scenario.loader();
            scenario.awaitEqual();
        }
        assertThat(scenario.topics().committed(scenario.topics().rejects())).isZero();
    }

    @Test
    void twoRowsOfTwoPartitionsSwapWhicheverComesFirst() throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE seats (id INT PRIMARY KEY, seat VARCHAR(10) NOT NULL UNIQUE, at TIMESTAMP(6)"
                                + " DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6))",
                        "INSERT INTO seats (id, seat) SELECT n, n FROM " + Sql.numbers(10));
        scenario.sync(seats);
        scenario.run();
        scenario.awaitEqual();
        int one = 1;
        int other = next(one, false);
        for (int[] pair : new int[][] {{one, other}, {other, one}}) {
            swapWhileHeld(pair[0], pair[1]);
        }
        assertThat(scenario.topics().committed(scenario.topics().rejects())).isZero();
    }

    /**
     * The stale version of one row meets another that has taken its value in a transaction which is not committed yet: nobody sees it, and
     * there is no table for rows in the way yet.
     */
    @Test
    void aRowThatIsNotCommittedYetIsNotOverwrittenByAnOlderOneOfAnotherPartition() throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE seats (id INT PRIMARY KEY, seat VARCHAR(10) NOT NULL UNIQUE, line INT NOT NULL DEFAULT 0,"
                                + " at TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6))",
                        "INSERT INTO seats (id, seat) SELECT n, n FROM " + Sql.numbers(20));
        scenario.sync(seats);
        scenario.run();
        scenario.awaitEqual();
        int late = 1;
        int early = next(late, false);
        int last = next(early, true);
        try (Connection fence = scenario.target().connect();
                Connection row = scenario.target().connect()) {
            hold(fence, partition(late));
            scenario.source().run("UPDATE seats SET seat = 'x' WHERE id = " + late);
            scenario.eventually(
                    "the older version is in hand",
                    () -> assertThat(waiting("_syncline_partition")).isEqualTo(1));
            Database.run(row, "START TRANSACTION");
            Database.rows(row, "SELECT * FROM seats WHERE id = " + last + " FOR UPDATE");
            scenario.source()
                    .run(
                            "START TRANSACTION",
                            "UPDATE seats SET seat = 'y' WHERE id = " + late,
                            "UPDATE seats SET seat = 'x' WHERE id = " + early,
                            "UPDATE seats SET line = 1 WHERE id = " + last,
                            "COMMIT");
            scenario.eventually(
                    "the other row has been written",
                    () -> assertThat(waiting("INTO")).isEqualTo(1));
            Database.run(fence, "ROLLBACK");
            scenario.eventually(
                    "both batches wait",
                    () -> assertThat(waiting("INTO") + waiting("GET_LOCK")).isEqualTo(2));
            Database.run(row, "ROLLBACK");
        }
        scenario.awaitEqual();
        assertThat(scenario.topics().committed(scenario.topics().rejects())).isZero();
    }

    /** Statements of the loader that are under way at the target. */
    private long waiting(String part) throws Exception {
        return scenario.target()
                .number(
                        "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID() AND DB = DATABASE()"
                                + " AND COMMAND <> 'Sleep' AND INFO LIKE '%" + part + "%'");
    }

    /** As for rows that are marked as deleted, whose values others may take. */
    @Test
    void valuesThatTheServerComputesChangeHandsToo() throws Exception {
        Table accounts = table("accounts", "id").modifier("at");
        scenario.source()
                .run(
                        "CREATE TABLE accounts (id INT PRIMARY KEY, email VARCHAR(20) NOT NULL, deleted INT NOT NULL DEFAULT 0,"
                                + " at TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),"
                                + " live VARCHAR(20) GENERATED ALWAYS AS (IF(deleted = 1, NULL, email)) STORED, UNIQUE (live))"
                                + " DEFAULT CHARSET=latin1",
                        "INSERT INTO accounts (id, email) SELECT n, n FROM " + Sql.numbers(40));
        scenario.sync(accounts);
        scenario.run();
        scenario.awaitEqual();
        scenario.source()
                .run(
                        "UPDATE accounts SET deleted = 1 WHERE id <= 20",
                        "INSERT INTO accounts (id, email) SELECT n + 100, n FROM " + Sql.numbers(20),
                        "UPDATE accounts SET deleted = 2, email = CONCAT('old ', id) WHERE id <= 20");
        scenario.awaitEqual();
        scenario.source()
                .run(
                        "UPDATE accounts SET email = CONCAT('x', email) WHERE id > 20",
                        "UPDATE accounts SET email = (id + 1) % 200 WHERE id > 20");
        scenario.awaitEqual();
        assertThat(scenario.topics().committed(scenario.topics().rejects())).isZero();
    }

    @Test
    void aUniqueIndexOverWhatOnlyTheTargetComputesIsMinded() throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE seats (id INT PRIMARY KEY, seat VARCHAR(10) NOT NULL UNIQUE, at TIMESTAMP(6)"
                                + " DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6))",
                        "INSERT INTO seats (id, seat) SELECT n, n FROM " + Sql.numbers(300));
        scenario.target()
                .run("CREATE TABLE seats (id INT PRIMARY KEY, seat VARCHAR(10) NOT NULL, at TIMESTAMP(6) NULL,"
                        + " marked VARCHAR(12) GENERATED ALWAYS AS (CONCAT('s', seat)) STORED, UNIQUE (marked))");
        scenario.sync(seats);
        scenario.run();
        scenario.awaitEqual();
        // each row takes the value of another, all in one another's way
        scenario.source().run("UPDATE seats SET seat = CONCAT('x', seat)", "UPDATE seats SET seat = (id + 1) % 300");
        scenario.awaitEqual();
        assertThat(scenario.target().count("seats")).isEqualTo(300);
        assertThat(scenario.topics().committed(scenario.topics().rejects())).isZero();
    }

    @Test
    void aRowWhoseKeyIsNotItsNumberTakesTheNumberFromItsFormerSelf() throws Exception {
        Table numbered = table("numbered", "code").modifier("at");
        scenario.source()
                .run(
                        "CREATE TABLE numbered (id INT AUTO_INCREMENT PRIMARY KEY, code VARCHAR(9) NOT NULL UNIQUE, at TIMESTAMP(6)"
                                + " DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6))",
                        "INSERT INTO numbered (code) SELECT CONCAT('a', n) FROM " + Sql.numbers(10));
        scenario.sync(numbered);
        scenario.run();
        scenario.awaitEqual();
        scenario.source().run("UPDATE numbered SET code = 'b' WHERE id = 5");
        scenario.awaitEqual();
        assertThat(scenario.target().values("SELECT code FROM numbered WHERE id = 5"))
                .containsExactly("b");
    }

    private void hold(Connection fence, int partition) throws Exception {
        Database.run(fence, "START TRANSACTION");
        Database.rows(
                fence,
                "SELECT * FROM _syncline_partition WHERE consumer_group = '" + scenario.group() + "' AND topic = '"
                        + scenario.topics().rows(seats) + "' AND partition_number = " + partition + " FOR UPDATE");
    }

    /** The partition of {@code late} waits for the fence until the row of {@code early} is there. */
    private void swapWhileHeld(int early, int late) throws Exception {
        String seat = scenario.source()
                .values("SELECT seat FROM seats WHERE id = " + late)
                .get(0);
        int held = partition(late);
        try (Connection fence = scenario.target().connect()) {
            hold(fence, held);
            swapAtOnce(early, late);
            scenario.eventually("the first one has its seat, and the other is set aside", () -> {
                assertThat(scenario.target().values("SELECT seat FROM seats WHERE id = " + early))
                        .containsExactly(seat);
                assertThat(scenario.target().values("SELECT seat FROM seats WHERE id = " + late))
                        .isEmpty();
            });
            Database.run(fence, "ROLLBACK");
        }
        scenario.awaitEqual();
    }

    /** The first row behind another that lies in its partition, or the first that does not. */
    private int next(int one, boolean inItsPartition) throws Exception {
        int its = partition(one);
        int next = one + 1;
        while ((partition(next) == its) != inItsPartition) {
            next++;
        }
        return next;
    }

    /** The one that grows with a change of the row. */
    private int partition(int id) throws Exception {
        Map<TopicPartition, Long> before = scenario.topics().ends(seats);
        scenario.source().run("UPDATE seats SET at = DEFAULT WHERE id = " + id);
        AtomicInteger found = new AtomicInteger();
        scenario.eventually("the change is in the topic", () -> {
            Map<TopicPartition, Long> after = scenario.topics().ends(seats);
            assertThat(after.keySet().stream()
                            .filter(partition -> !Objects.equals(after.get(partition), before.get(partition))))
                    .singleElement()
                    .satisfies(partition -> found.set(partition.partition()));
        });
        scenario.awaitEqual();
        return found.get();
    }

    /** In one transaction, so that each row has one new version. */
    private void swapAtOnce(int one, int other) throws Exception {
        scenario.source().run("START TRANSACTION");
        swap(one, other);
        scenario.source().run("COMMIT");
    }

    private void swap(int one, int other) throws Exception {
        scenario.source()
                .run(
                        "SET @one = (SELECT seat FROM seats WHERE id = " + one
                                + "), @other = (SELECT seat FROM seats WHERE" + " id = " + other + ")",
                        "UPDATE seats SET seat = 'held' WHERE id = " + one,
                        "UPDATE seats SET seat = @one WHERE id = " + other,
                        "UPDATE seats SET seat = @other WHERE id = " + one);
    }
}
