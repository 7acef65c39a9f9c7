package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Database;
import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Modifiers that many rows share, that do not move, or that say what cannot be. */
class OddModifiersIT {

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table odd = table("odd", "id").modifier("at");

    private Service startWith(String type, String rows) throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE odd (id INT PRIMARY KEY, v INT, at " + type + " NULL, KEY (at))",
                        "INSERT INTO odd " + rows);
        scenario.sync(odd);
        Service extractor = scenario.extractor();
        scenario.loader();
        scenario.awaitEqual();
        return extractor;
    }

    @Test
    void aTieOfManyPagesIsReadWhole() throws Exception {
        int rows = 50_000;
        scenario.set("FETCH_LIMIT", "1000");
        Service extractor = startWith("DATETIME", "SELECT n, 0, '2020-01-01' FROM " + Sql.numbers(rows));
        scenario.source().run("UPDATE odd SET v = 1, at = NOW()");
        scenario.awaitEqual();
        scenario.awaitPasses(extractor, odd, 3);
        assertThat(scenario.topics().committed(scenario.topics().rows(odd)))
                .as("each row as it was and as it is")
                .isEqualTo(2L * rows);
    }

    @Test
    void aLargeTieIsNotReadForEverWhenNothingComesAfterIt() throws Exception {
        int rows = 5_000;
        scenario.set("FETCH_LIMIT", "1000");
        Service extractor =
                startWith("DATETIME(6)", "SELECT n, 0, NOW(6) - INTERVAL 0.5 SECOND FROM " + Sql.numbers(rows));
        scenario.source().run("SET @tick = (SELECT MAX(at) FROM odd)", "INSERT INTO odd VALUES (0, 0, @tick)");
        scenario.awaitEqual();
        scenario.eventually("passes find nothing", () -> {
            long before = indexEntriesRead();
            scenario.awaitPasses(extractor, odd, 3);
            assertThat(indexEntriesRead() - before).isLessThan(rows);
        });
        scenario.source()
                .run("INSERT INTO odd VALUES (-1, 0, NOW(6))", "UPDATE odd SET v = 1, at = NOW(6) WHERE id = 7");
        scenario.awaitEqual();
    }

    private long indexEntriesRead() throws SQLException {
        return Long.parseLong(String.valueOf(scenario.source()
                .rows("SHOW GLOBAL STATUS LIKE 'Handler_read_next'")
                .get(0)
                .get(1)));
    }

    @Test
    void valuesThatGoBackAndForthWithinATickAllArrive() throws Exception {
        startWith("DATETIME", "VALUES (1, 0, NOW()), (2, 0, NOW())");
        scenario.source().run("SET @tick = (SELECT MAX(at) FROM odd)");
        for (int value : new int[] {1, 2, 1, 2, 1}) {
            scenario.source().run("UPDATE odd SET v = " + value + ", at = @tick WHERE id = 1");
            scenario.awaitEqual();
        }
        scenario.source().run("INSERT INTO odd VALUES (3, 0, @tick)");
        scenario.awaitEqual();
    }

    @Test
    void aRowThatLosesItsModifierAndGetsItBackIsNotTakenForKnown() throws Exception {
        Service extractor = startWith("BIGINT", "VALUES (1, 0, 10), (2, 0, 10)");
        scenario.awaitPasses(extractor, odd, 3);
        scenario.source().run("UPDATE odd SET v = 1, at = NULL WHERE id = 1");
        scenario.awaitEqual();
        scenario.source().run("UPDATE odd SET v = 0, at = 10 WHERE id = 1");
        scenario.awaitEqual();

        // nor by an extractor that knows what the watermark says
        scenario.awaitPasses(extractor, odd, 3);
        scenario.source().run("UPDATE odd SET v = 2, at = NULL WHERE id = 1");
        scenario.awaitEqual();
        extractor.terminate();
        scenario.source().run("UPDATE odd SET v = 0, at = 10 WHERE id = 1");
        scenario.extractor();
        scenario.awaitEqual();
    }

    @Test
    void aRowFromTheFutureHidesNoLaterOne() throws Exception {
        Service extractor = startWith("DATETIME(6)", "VALUES (1, 0, NOW(6)), (2, 0, '2099-01-01')");
        scenario.source().run("INSERT INTO odd VALUES (3, 0, '2099-12-31 23:59:59')");
        scenario.awaitEqual();
        scenario.awaitPasses(extractor, odd, 3);
        scenario.source()
                .run(
                        "INSERT INTO odd VALUES (4, 0, NOW(6))",
                        "UPDATE odd SET v = 1 WHERE id = 3",
                        "UPDATE odd SET v = 1, at = NOW(6) WHERE id = 2");
        scenario.awaitEqual();
    }

    @Test
    void zeroDatesAreCopiedAndLeftBehind() throws Exception {
        Service extractor = startWith(
                "DATETIME", "VALUES (1, 0, '0000-00-00 00:00:00'), (2, 0, '2024-00-00 00:00:00'), (3, 0, NOW())");
        scenario.awaitPasses(extractor, odd, 2);
        scenario.source().run("UPDATE odd SET v = 1, at = NOW() WHERE id < 3");
        scenario.awaitEqual();
    }

    @Test
    void integersThatGoBackWhileTheirTransactionIsOpenAreNotMissed() throws Exception {
        Service extractor = startWith("BIGINT", "VALUES (1, 0, 10), (2, 0, 10)");
        try (var open = scenario.source().connect()) {
            open.setAutoCommit(false);
            Database.run(open, "UPDATE odd SET v = 1, at = 11 WHERE id = 1");
            for (int number = 12; number < 15; number++) {
                scenario.source().run("INSERT INTO odd VALUES (" + number + ", 0, " + number + ")");
                scenario.awaitPasses(extractor, odd, 4);
            }
            open.commit();
        }
        scenario.awaitEqual();
    }

    @Test
    void aModifierWithoutAnIndexIsToldWithTheStatementThatAddsOne() throws Exception {
        scenario.source().run("CREATE TABLE odd (id INT PRIMARY KEY, v INT NOT NULL, at DATETIME)");
        scenario.sync(odd);
        Service extractor = scenario.extractor();
        scenario.eventually(
                "the warning",
                () -> assertThat(extractor.output()).contains("no index begins with the modifier", "ADD INDEX (`at`)"));
    }
}
