package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.syncline.systemtests.pipeline.Database;
import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a target refuses for a while is tried again until it passes: the loader says so, and nothing becomes a reject. */
class PassingTroubleIT {

    private static final String USER = "short_of_all";

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table goods = table("goods", "id").modifier("at");
    private final Table prices = table("prices", "id");

    @BeforeEach
    void createTables() throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE goods (id INT PRIMARY KEY, v INT NOT NULL, at TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6)"
                                + " ON UPDATE CURRENT_TIMESTAMP(6), KEY (at))",
                        "CREATE TABLE prices (id INT PRIMARY KEY, v INT NOT NULL)",
                        "INSERT INTO goods (id, v) SELECT n, 0 FROM " + Sql.numbers(100),
                        "INSERT INTO prices SELECT n, 0 FROM " + Sql.numbers(100));
        scenario.sync(goods, prices);
    }

    /** The loader goes by a user without the rights that would exempt it from what is asked of others. */
    private void useOrdinaryUser() throws Exception {
        scenario.target()
                .run(
                        "DROP USER IF EXISTS " + USER,
                        "CREATE USER " + USER + " IDENTIFIED BY 'secret'",
                        "GRANT ALL ON " + Sql.name(scenario.target().name()) + ".* TO " + USER);
        scenario.set("TARGET_DB_USER", USER);
        scenario.set("TARGET_DB_PASS", "secret");
    }

    private void change(int value) throws Exception {
        scenario.source().run("UPDATE goods SET v = " + value, "UPDATE prices SET v = " + value);
    }

    private void awaitRetrying(Service loader, String... reasons) throws Exception {
        scenario.eventually("it is tried again, and said", () -> {
            JsonNode shown = loader.status(goods);
            assertThat(shown.path("phase").asText()).isEqualTo("retrying");
            assertThat(shown.path("lastError").asText()).containsAnyOf(reasons);
            assertThat(loader.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(loader.get("/health/ready").body()).containsAnyOf(reasons);
        });
        assertThat(loader.status(goods).path("rejects").asLong()).isZero();
    }

    private void awaitRecovered(Service loader) throws Exception {
        scenario.awaitEqual();
        loader.awaitReady();
        assertThat(scenario.topics().committed(scenario.topics().rejects())).isZero();
    }

    @Test
    void aReadOnlyTargetIsWaitedForByNewSessionsAndEvenAtTheStart() throws Exception {
        useOrdinaryUser();
        scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        scenario.target().run("SET GLOBAL read_only = 1");
        try {
            List<@Nullable String> before = sessions();
            change(1);
            awaitRetrying(loader, "read-only", "read_only");
            // by then another server may have taken this one's place
            scenario.eventually(
                    "the sessions with the one that has become read-only are given up",
                    () -> assertThat(sessions()).doesNotContainAnyElementsOf(before));

            loader.terminate();
            Service next = scenario.loader();
            scenario.eventually(
                    "a loader that starts now waits",
                    () -> assertThat(next.get("/health/ready").body()).containsAnyOf("read-only", "read_only"));
            scenario.target().run("SET GLOBAL read_only = 0");
            awaitRecovered(next);
        } finally {
            scenario.target().run("SET GLOBAL read_only = 0", "DROP USER " + USER);
        }
    }

    /** It was restarted with other settings, or another server has taken its place. */
    @Test
    void aTargetThatTakesNoFilesAnyMoreGetsStatements() throws Exception {
        scenario.source().run("INSERT INTO goods (id, v) SELECT n + 1000, 0 FROM " + Sql.numbers(500));
        scenario.extractor();
        scenario.loader();
        scenario.awaitEqual();
        String former = scenario.target().values("SELECT @@GLOBAL.local_infile").get(0);
        scenario.target().run("SET GLOBAL local_infile = 0");
        try {
            change(1);
            scenario.awaitEqual();
            assertThat(scenario.topics().committed(scenario.topics().rejects())).isZero();
        } finally {
            scenario.target().run("SET GLOBAL local_infile = " + former);
        }
    }

    private List<@Nullable String> sessions() throws Exception {
        return scenario.target().values("SELECT id FROM information_schema.processlist WHERE user = " + Sql.text(USER));
    }

    @Test
    void aTargetThatLetsNoMoreInIsWaitedFor() throws Exception {
        useOrdinaryUser();
        scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        String most = String.valueOf(
                scenario.target().values("SELECT @@GLOBAL.max_connections").get(0));
        scenario.target().run("SET GLOBAL max_connections = 10");
        List<Connection> crowd = new ArrayList<>();
        try {
            // the loader's places go to others as soon as they are free
            do {
                endSessions();
                fill(crowd);
            } while (!sessions().isEmpty());
            change(1);
            awaitRetrying(loader, "Too many connections", "too many connections");
        } finally {
            for (Connection each : crowd) {
                each.close();
            }
            scenario.target().run("SET GLOBAL max_connections = " + most);
        }
        awaitRecovered(loader);
        scenario.target().run("DROP USER " + USER);
    }

    private void endSessions() throws Exception {
        for (@Nullable String session : sessions()) {
            try {
                scenario.target().run("KILL " + session);
            } catch (SQLException gone) {
                // it has ended by itself
            }
        }
    }

    /** Takes all places there are, one of which is for those that may end the others' sessions. */
    private void fill(List<Connection> crowd) throws Exception {
        for (int i = 0; i < 30; i++) {
            try {
                crowd.add(scenario.target().connect());
            } catch (SQLException full) {
                return;
            }
        }
    }

    @Test
    void locksThatOthersHoldAreWaitedFor() throws Exception {
        scenario.target().run("SET GLOBAL innodb_lock_wait_timeout = 1");
        try {
            scenario.extractor();
            Service loader = scenario.loader();
            scenario.awaitEqual();
            try (Connection other = scenario.target().connect()) {
                other.setAutoCommit(false);
                Database.run(other, "UPDATE goods SET v = v");
                Database.run(other, "SELECT * FROM goods FOR UPDATE");
                change(1);
                awaitRetrying(loader, "1205");
                other.rollback();
            }
            awaitRecovered(loader);
        } finally {
            scenario.target().run("SET GLOBAL innodb_lock_wait_timeout = 50");
        }
    }

    @Test
    void aDeadlocksVictimIsTriedAgain() throws Exception {
        scenario.set("TOPIC_PARTITIONS", "1");
        scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        long before = deadlocks();
        scenario.target()
                .run(
                        "CREATE TABLE weight (id INT PRIMARY KEY)",
                        "INSERT INTO weight SELECT n FROM " + Sql.numbers(5000));
        try (Connection other = scenario.target().connect()) {
            other.setAutoCommit(false);
            // the server ends the transaction that has changed less
            Database.run(other, "UPDATE weight SET id = -id", "UPDATE goods SET v = -1 WHERE id = 50");
            scenario.source().run("UPDATE goods SET v = 7 WHERE id IN (10, 50)");
            scenario.eventually(
                    "the batch has the first row and waits for the second",
                    () -> assertThat(scenario.target()
                                    .number("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state ="
                                            + " 'LOCK WAIT'"))
                            .isPositive());
            Database.run(other, "UPDATE goods SET v = -1 WHERE id = 10");
            other.rollback();
        }
        awaitRecovered(loader);
        assertThat(deadlocks()).isGreaterThan(before);
    }

    /** Every partition's place in the fence is new, and none of those who take one may be in another's way. */
    @Test
    void partitionsThatAreTakenOverTogetherForTheFirstTimeMeetNoDeadlock() throws Exception {
        List<Table> many = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Table each = table("many_" + i, "id").modifier("at");
            scenario.source()
                    .run(
                            "CREATE TABLE " + each.name() + " LIKE goods",
                            "INSERT INTO " + each.name() + " SELECT * FROM goods");
            many.add(each);
        }
        scenario.sync(many.toArray(new Table[0]));
        scenario.awaitPasses(scenario.extractor(), many.get(11), 2);
        long before = deadlocks();
        scenario.loader();
        scenario.awaitEqual();
        assertThat(deadlocks()).isEqualTo(before);
    }

    private long deadlocks() throws Exception {
        return scenario.target()
                .number(
                        scenario.target().isMariaDb()
                                ? "SELECT variable_value FROM information_schema.global_status WHERE variable_name ="
                                        + " 'Innodb_deadlocks'"
                                : "SELECT count FROM information_schema.innodb_metrics WHERE name = 'lock_deadlocks'");
    }

    /** A table in memory is full as one on a disk is, and says so by the same number. */
    @Test
    void aTableThatIsFullIsWaitedForWhileTheLoaderKeepsItsPlaceInTheGroup() throws Exception {
        scenario.target()
                .run(
                        "SET max_heap_table_size = 16384",
                        "CREATE TABLE goods (id INT PRIMARY KEY, v INT NOT NULL, at TIMESTAMP(6) NULL,"
                                + " _dlt_load_id VARCHAR(64) NOT NULL, _dlt_id VARCHAR(128) NOT NULL) ENGINE=MEMORY");
        scenario.set("KAFKA_MAX_POLL_INTERVAL_MS", "8000");
        scenario.extractor();
        Service loader = scenario.loader();
        awaitRetrying(loader, "is full (error 1114)");
        Set<String> members = scenario.topics().members(scenario.group());
        scenario.source().run("SET @began = UTC_TIMESTAMP()");
        change(1);
        scenario.awaitEqual(prices);
        scenario.eventually(
                "it is full for longer than a poll may take",
                () -> assertThat(scenario.source().number("SELECT TIMESTAMPDIFF(SECOND, @began, UTC_TIMESTAMP())"))
                        .isGreaterThan(10));
        awaitRetrying(loader, "is full (error 1114)");

        scenario.target().run("SET max_heap_table_size = 16777216", "ALTER TABLE goods ENGINE=MEMORY");
        awaitRecovered(loader);
        assertThat(scenario.topics().members(scenario.group())).isNotEmpty().isEqualTo(members);
    }
}
