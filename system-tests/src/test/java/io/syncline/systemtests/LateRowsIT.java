package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Database;
import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows whose modifier is older than others that were read before them. */
class LateRowsIT {

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table late = table("late", "id").modifier("at");

    private Service startWith(Table table) throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE late (id INT PRIMARY KEY, v INT, at TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6)"
                                + " ON UPDATE CURRENT_TIMESTAMP(6), KEY (at))",
                        "INSERT INTO late (id, v) VALUES (1, 1), (2, 1)");
        scenario.sync(table);
        Service extractor = scenario.extractor();
        scenario.loader();
        scenario.awaitEqual();
        return extractor;
    }

    /** Longer than ages are imprecise, and over many passes. */
    private void awaitTime(Service extractor) throws Exception {
        scenario.source().run("SET @began = UTC_TIMESTAMP()");
        scenario.awaitPasses(extractor, late, 5);
        scenario.eventually(
                "some time has passed",
                () -> assertThat(scenario.source().number("SELECT TIMESTAMPDIFF(SECOND, @began, UTC_TIMESTAMP())"))
                        .isGreaterThanOrEqualTo(4));
        scenario.awaitPasses(extractor, late, 2);
    }

    @Test
    void aStatementThatWaitsForALockBeforeItsTransactionBeginsIsNotMissed() throws Exception {
        Service extractor = startWith(late);
        try (Connection blocking = scenario.source().connect();
                Connection waiting = scenario.source().connect()) {
            Database.run(blocking, "LOCK TABLES late READ");
            CompletableFuture<Void> update =
                    CompletableFuture.runAsync(() -> quietly(waiting, "UPDATE late SET v = 2 WHERE id = 1"));
            scenario.eventually(
                    "the update waits",
                    () -> assertThat(scenario.source()
                                    .values("SELECT info FROM information_schema.processlist"
                                            + " WHERE info LIKE 'UPDATE late%'"))
                            .hasSize(1));
            awaitTime(extractor);
            assertThat(update).isNotDone();
            Database.run(blocking, "UNLOCK TABLES");
            update.get();
        }
        scenario.awaitEqual();
    }

    /** Its first row is older than it is, and nothing that the server shows says so any more. */
    @ParameterizedTest
    @ValueSource(ints = {0, 6})
    void aTransactionWhoseFirstStatementWaitedForALockIsNotMissed(int secondsBetweenPasses) throws Exception {
        Service extractor = startWith(secondsBetweenPasses == 0 ? late : late.with("interval", secondsBetweenPasses));
        scenario.awaitPasses(extractor, late, 1);
        try (Connection blocking = scenario.source().connect();
                Connection waiting = scenario.source().connect()) {
            Database.run(blocking, "LOCK TABLES late READ");
            CompletableFuture<Void> update = CompletableFuture.runAsync(() -> {
                quietly(waiting, "START TRANSACTION");
                quietly(waiting, "UPDATE late SET v = 2 WHERE id = 1");
            });
            // less than lies between two passes, so that the wait may fall between them
            scenario.source().run("DO SLEEP(4)");
            assertThat(update).isNotDone();
            Database.run(blocking, "UNLOCK TABLES");
            update.get();
            scenario.source().run("INSERT INTO late (id, v) VALUES (3, 1)");
            awaitTime(extractor);
            Database.run(waiting, "COMMIT");
        }
        scenario.awaitEqual();
    }

    /** It belongs to no client, and the server calls its session one that connects. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStatementOfAnEventThatWaitsForALockIsNotMissed(boolean besideAnUnprintableOne) throws Exception {
        Service extractor = startWith(late);
        scenario.source().run("SET GLOBAL event_scheduler = ON");
        try (Connection blocking = scenario.source().connect();
                Connection speaking = scenario.source().connect()) {
            String session = String.valueOf(
                    Database.rows(speaking, "SELECT CONNECTION_ID()").get(0).get(0));
            CompletableFuture<Void> speech = CompletableFuture.runAsync(
                    () -> quietly(speaking, "SELECT SLEEP(" + (besideAnUnprintableOne ? 60 : 0) + "), '\uD83D\uDE00'"));
            Database.run(blocking, "LOCK TABLES late READ");
            scenario.source()
                    .run(
                            "CREATE EVENT late_one ON SCHEDULE AT CURRENT_TIMESTAMP DO UPDATE late SET v = 2 WHERE id = 1");
            scenario.eventually(
                    "the event waits",
                    // information_schema would not show it beside an unprintable statement
                    () -> assertThat(scenario.source().rows("SHOW PROCESSLIST").toString())
                            .contains("UPDATE late SET v = 2"));
            awaitTime(extractor);
            Database.run(blocking, "UNLOCK TABLES");
            scenario.eventually(
                    "the event is done",
                    () -> assertThat(scenario.source().number("SELECT v FROM late WHERE id = 1"))
                            .isEqualTo(2));
            scenario.awaitEqual();
            assertThat(extractor.output()).doesNotContain("replicates another server");
            if (!speech.isDone()) {
                scenario.source().run("KILL QUERY " + session);
            }
            speech.handle((done, killed) -> "over").get();
        } finally {
            scenario.source().run("SET GLOBAL event_scheduler = DEFAULT");
        }
    }

    /** MySQL then refuses to show any transaction. */
    @Test
    void aTransactionIsSeenBesideAStatementThatTheServerCannotPrint() throws Exception {
        Service extractor = startWith(late);
        try (Connection open = scenario.source().connect();
                Connection speaking = scenario.source().connect()) {
            String session = String.valueOf(
                    Database.rows(speaking, "SELECT CONNECTION_ID()").get(0).get(0));
            Database.run(speaking, "START TRANSACTION");
            CompletableFuture<Void> speech = CompletableFuture.runAsync(
                    () -> quietly(speaking, "SELECT SLEEP(60), '\uD83D\uDE00' FROM late WHERE id = 2 FOR UPDATE"));
            Database.run(open, "START TRANSACTION", "UPDATE late SET v = 2 WHERE id = 1");
            awaitTime(extractor);
            assertThat(speech).isNotDone();
            scenario.source().run("INSERT INTO late (id, v) VALUES (3, 1)");
            scenario.awaitPasses(extractor, late, 2);
            Database.run(open, "COMMIT");
            scenario.awaitEqual();
            scenario.source().run("KILL QUERY " + session);
            speech.handle((done, killed) -> "over").get();
        }
    }

    @Test
    void aPictureOfTheTransactionsThatOthersKeepOldIsNotTrusted() throws Exception {
        Service extractor = startWith(late);
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Void>> crowd = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            crowd.add(CompletableFuture.runAsync(() -> lookAllTheTime(over)));
        }
        try (Connection open = scenario.source().connect()) {
            open.setAutoCommit(false);
            Database.run(open, "UPDATE late SET v = 2 WHERE id = 1");
            awaitTime(extractor);
            open.commit();
        } finally {
            over.set(true);
            crowd.forEach(CompletableFuture::join);
        }
        scenario.awaitEqual();
    }

    private void lookAllTheTime(AtomicBoolean over) {
        try (Connection connection = scenario.source().connect()) {
            while (!over.get()) {
                Database.rows(connection, "SELECT COUNT(*) FROM information_schema.innodb_trx");
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void withoutTheRightToSeeTransactionsALagStandsInAndTheLogNamesTheGrant() throws Exception {
        String user = "unprivileged_" + scenario.source().name();
        scenario.source()
                .run(
                        "DROP USER IF EXISTS " + user,
                        "CREATE USER " + user + " IDENTIFIED BY 'secret'",
                        "GRANT SELECT ON " + Sql.name(scenario.source().name()) + ".* TO " + user);
        try {
            scenario.set("SOURCE_DB_USER", user);
            scenario.set("SOURCE_DB_PASS", "secret");
            Service extractor = startWith(late);
            try (Connection open = scenario.source().connect()) {
                open.setAutoCommit(false);
                Database.run(open, "UPDATE late SET v = 2 WHERE id = 1");
                awaitTime(extractor);
                open.commit();
            }
            scenario.awaitEqual();
            assertThat(extractor.output()).contains("GRANT PROCESS ON *.*", user);
        } finally {
            scenario.source().run("DROP USER " + user);
        }
    }

    @Test
    void aLagCoversWhatWritersStampInThePast() throws Exception {
        Service extractor = startWith(late.with("lag", 60));
        awaitTime(extractor);
        scenario.source()
                .run(
                        "INSERT INTO late VALUES (10, 1, NOW(6) - INTERVAL 20 SECOND)",
                        "UPDATE late SET v = 3, at = NOW(6) - INTERVAL 30 SECOND WHERE id = 2");
        scenario.awaitEqual();
    }

    @Test
    void aReadOnlySourceIsTakenForAReplica() throws Exception {
        scenario.source().run("SET GLOBAL read_only = 1");
        try {
            Service extractor = startWith(late);
            // by the primary's clock, and late
            scenario.source().run("INSERT INTO late VALUES (10, 1, NOW(6) - INTERVAL 20 SECOND)");
            scenario.awaitEqual();
            assertThat(extractor.output()).contains("the source is read-only or replicates another server", "lag");
        } finally {
            scenario.source().run("SET GLOBAL read_only = 0");
        }
    }

    @Test
    void aReplicaThatMayBeWrittenToIsKnownByItsThreads() throws Exception {
        boolean isMariaDb = scenario.source().isMariaDb();
        // of a primary that is not there, which is all that the threads need to be
        scenario.source()
                .run(
                        isMariaDb
                                ? "CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = 1, MASTER_USER = 'nobody'"
                                : "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = 1, SOURCE_USER = 'nobody'",
                        isMariaDb ? "START SLAVE" : "START REPLICA");
        try {
            Service extractor = startWith(late);
            // by the primary's clock, and late
            scenario.source().run("INSERT INTO late VALUES (10, 1, NOW(6) - INTERVAL 20 SECOND)");
            scenario.awaitEqual();
            assertThat(extractor.output()).contains("replicates another server", "lag");
        } finally {
            scenario.source()
                    .run(
                            isMariaDb ? "STOP SLAVE" : "STOP REPLICA",
                            isMariaDb ? "RESET SLAVE ALL" : "RESET REPLICA ALL");
        }
    }

    private static void quietly(Connection connection, String statement) {
        try {
            Database.run(connection, statement);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
