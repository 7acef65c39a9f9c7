package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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
