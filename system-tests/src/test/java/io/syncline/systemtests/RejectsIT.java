package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows that the target refuses: set aside, listed, written once more, and cleared by their next good version. */
class RejectsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table users = table("users", "id").modifier("at");
    private final Table codes = table("codes", "country", "code");

    private void create() throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE users (id INT PRIMARY KEY, name VARCHAR(50) NOT NULL, at TIMESTAMP(6) DEFAULT"
                                + " CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), KEY (at))",
                        "CREATE TABLE codes (country CHAR(2), code INT, v INT NOT NULL, PRIMARY KEY (country, code))",
                        "INSERT INTO users (id, name) SELECT n, 'short' FROM " + Sql.numbers(40),
                        "INSERT INTO codes SELECT 'at', n, n FROM " + Sql.numbers(40));
        scenario.target()
                .run(
                        "CREATE TABLE users (id INT PRIMARY KEY, name VARCHAR(50) NOT NULL, at TIMESTAMP(6) NULL,"
                                + " CONSTRAINT brief CHECK (CHAR_LENGTH(name) <= 10))",
                        "CREATE TABLE codes (country CHAR(2), code INT, v INT NOT NULL, PRIMARY KEY"
                                + " (country, code), CONSTRAINT small CHECK (v < 1000))");
        scenario.sync(users, codes);
    }

    private String list(int expectedStatus, String... arguments) {
        Service command = scenario.rejects(arguments);
        assertThat(command.awaitExit(PATIENCE)).as(command.output()).isEqualTo(expectedStatus);
        return command.output();
    }

    private void awaitRejects(Service loader, Table table, int count) {
        scenario.eventually(
                count + " rejects of " + table.name(),
                () -> assertThat(loader.status(table).path("rejects").asInt()).isEqualTo(count));
    }

    @Test
    void rejectsAreListedRetriedAndClearedByNewerVersions() throws Exception {
        create();
        Service extractor = scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        assertThat(list(0)).contains("no open rejects");

        scenario.source()
                .run(
                        "UPDATE users SET name = 'far too long for it' WHERE id IN (3, 4, 5)",
                        "UPDATE users SET name = 'good' WHERE id = 6");
        awaitRejects(loader, users, 3);
        scenario.source().run("UPDATE users SET name = 'good' WHERE id = 3");
        scenario.awaitPasses(extractor, users, 2);
        scenario.eventually(
                "3 is good again",
                () -> assertThat(scenario.target().values("SELECT name FROM users WHERE id = 3"))
                        .containsExactly("good"));
        assertThat(list(1))
                .contains("id=4", "id=5", "brief", ".users-", "@", "schema v1", "2 open")
                .doesNotContain("id=3 ");
        assertThat(list(1, "--retry")).contains("still open", "2 open");

        scenario.target().run("ALTER TABLE users DROP CONSTRAINT brief");
        assertThat(list(0, "--table", "codes")).contains("no open rejects");
        assertThat(list(0, "--table", "users", "--retry")).contains("closed: written");
        assertThat(list(0)).contains("no open rejects");
        scenario.awaitEqual();
    }

    @Test
    void aRetryOverwritesNoNewerVersionUnderAnotherSpellingOfTheKey() throws Exception {
        String definition = " (name VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PRIMARY KEY, note"
                + " VARCHAR(50) NOT NULL, at TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE"
                + " CURRENT_TIMESTAMP(6), KEY (at)";
        Table people = table("people", "name").modifier("at");
        scenario.source()
                .run(
                        "CREATE TABLE people" + definition + ")",
                        "INSERT INTO people (name, note) VALUES ('Ann', 'short'), ('Bob', 'short')");
        scenario.target()
                .run("CREATE TABLE people" + definition + ", CONSTRAINT brief CHECK (CHAR_LENGTH(note) <= 10))");
        scenario.sync(people);
        scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();

        scenario.source().run("UPDATE people SET note = 'far too long for it' WHERE name = 'Ann'");
        awaitRejects(loader, people, 1);
        scenario.source()
                .run(
                        "UPDATE people SET name = 'ANN', note = 'newer' WHERE name = 'Ann'",
                        "UPDATE people SET name = 'BOB', note = 'far too long for it' WHERE name = 'Bob'");
        awaitRejects(loader, people, 2);
        scenario.eventually(
                "Ann is good again",
                () -> assertThat(scenario.target().values("SELECT name FROM people WHERE note = 'newer'"))
                        .containsExactly("ANN"));
        assertThat(list(1)).contains("name='Ann'", "name='BOB'", "2 open");

        scenario.target().run("ALTER TABLE people DROP CONSTRAINT brief");
        assertThat(list(0, "--retry"))
                .containsPattern("name='Ann' .*closed: a newer version has come, under another spelling of the key")
                .containsPattern("name='BOB' .*closed: written");
        scenario.awaitEqual();
        assertThat(scenario.target().values("SELECT name FROM people WHERE note = 'newer'"))
                .containsExactly("ANN");
    }

    @Test
    void aRefreshClearsTheRejectsOfTheOneBefore() throws Exception {
        create();
        scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();

        scenario.source().run("UPDATE codes SET v = 2000 WHERE code = 7", "UPDATE codes SET v = 3000 WHERE code = 8");
        scenario.eventually("the refresh came without them", () -> {
            assertThat(scenario.target().count("codes")).isLessThan(40);
            assertThat(loader.status(codes).path("rejects").asInt()).isPositive();
        });
        scenario.eventually(
                "both are listed",
                () -> assertThat(list(1, "--table", "codes")).contains("country='at' code=8", "2 open"));
        // one refresh more: 7 is gone at the source, 8 is still refused
        scenario.source().run("DELETE FROM codes WHERE code = 7");
        scenario.eventually(
                "7 is cleared",
                () -> assertThat(list(1, "--table", "codes")).contains("code=8").contains("1 open"));
        scenario.eventually(
                "the refresh is over",
                () -> assertThat(scenario.target().count("codes")).isEqualTo(38));

        String check = scenario.target()
                .values("SELECT constraint_name FROM information_schema.table_constraints WHERE table_schema ="
                        + " DATABASE() AND table_name = 'codes' AND constraint_type = 'CHECK'")
                .get(0);
        scenario.target().run("ALTER TABLE codes DROP CONSTRAINT " + Sql.name(String.valueOf(check)));
        assertThat(list(0, "--retry")).contains("closed: written");
        scenario.awaitEqual();
    }

    @Test
    void rowsThatATriggerRefusesInARefreshAreRejectsAndTheRestGoIn() throws Exception {
        int rows = 300;
        Table things = table("things", "name", "id");
        scenario.source()
                .run(
                        "CREATE TABLE things (name VARCHAR(20) NOT NULL, id BIGINT UNSIGNED NOT NULL, price DECIMAL(12,3)"
                                + " NULL, made DATETIME(6) NULL, picture VARBINARY(40) NULL, size ENUM('s', '', 'l')"
                                + " NULL, ratio FLOAT NULL, flags BIT(10) NULL, more JSON NULL, at TIMESTAMP(3) NULL,"
                                + " PRIMARY KEY (name, id))",
                        "INSERT INTO things SELECT CONCAT('thing', n MOD 7), n, n / 3, '2024-02-29 10:11:12.123456',"
                                + " UNHEX(SHA2(n, 256)), IF(n MOD 2, 's', ''), n / 7, n, '{\"a\": [1, \"x\"]}',"
                                + " '2024-03-01 00:00:00.5' FROM "
                                + Sql.numbers(rows));
        scenario.sync(things);
        scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        scenario.target().run("""
                        CREATE TRIGGER known BEFORE INSERT ON things FOR EACH ROW
                        BEGIN
                          IF NEW.id IN (1, 150, 151, 300) THEN
                            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no such thing';
                          END IF;
                        END""");
        scenario.source().run("UPDATE things SET price = -id");
        awaitRejects(loader, things, 4);
        scenario.eventually(
                "the others are there",
                () -> assertThat(scenario.target().number("SELECT COUNT(*) FROM things WHERE price < 0"))
                        .isEqualTo(rows - 4));
        assertThat(list(1))
                .containsPattern("name='thing1' id=1 .*no such thing.*1644")
                .contains("id=150 ", "id=151 ", "id=300 ", "schema v1", "4 open");
        assertThat(loader.status(things).path("phase").asText()).isNotEqualTo("halted");

        // the next one has the first of them no more
        scenario.source().run("DELETE FROM things WHERE id = 1", "UPDATE things SET ratio = -1 WHERE id = 2");
        awaitRejects(loader, things, 4 + 3);
        scenario.eventually(
                "the first is cleared",
                () -> assertThat(list(1)).contains("3 open").doesNotContain("id=1 "));
        assertThat(list(1, "--retry")).contains("still open", "3 open");
        scenario.target().run("DROP TRIGGER known");
        assertThat(list(0, "--retry")).contains("closed: written", "no open rejects");
        scenario.awaitEqual();
    }

    @Test
    void rowsRefusedForWhateverReasonAreFoundAmongThousands() throws Exception {
        int rows = 3000;
        scenario.source()
                .run(
                        "CREATE TABLE users (id INT PRIMARY KEY, name VARCHAR(50) NOT NULL, at DATETIME, KEY (at))",
                        "INSERT INTO users SELECT n, 'good', '2020-01-01' FROM " + Sql.numbers(rows),
                        "UPDATE users SET name = 'too long' WHERE id = 700",
                        "UPDATE users SET name = 'out of range' WHERE id = 1500",
                        "UPDATE users SET name = 'null' WHERE id = 1501",
                        "UPDATE users SET name = 'signal' WHERE id = 2200",
                        "UPDATE users SET name = 'check' WHERE id IN (2201, 2900)");
        scenario.target()
                .run(
                        "CREATE TABLE users (id INT PRIMARY KEY, name VARCHAR(50) NOT NULL, at DATETIME, brief VARCHAR(3)"
                                + " NULL, small TINYINT NULL, must INT NOT NULL DEFAULT 0, CHECK (name <> 'check'))",
                        // a trigger is as strict as the session that makes it
                        "SET sql_mode = 'STRICT_ALL_TABLES'",
                        """
                        CREATE TRIGGER odd BEFORE INSERT ON users FOR EACH ROW
                        BEGIN
                          CASE NEW.name
                            WHEN 'too long' THEN SET NEW.brief = NEW.name;
                            WHEN 'out of range' THEN SET NEW.small = NEW.id;
                            WHEN 'null' THEN SET NEW.must = NULL;
                            WHEN 'signal' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no such person';
                            ELSE BEGIN END;
                          END CASE;
                        END""",
                        "SET sql_mode = ''");
        scenario.sync(users);
        scenario.set("TOPIC_PARTITIONS", "1");
        scenario.set("FETCH_LIMIT", Integer.toString(rows));
        scenario.extractor();
        Service loader = scenario.loader();
        awaitRejects(loader, users, 6);
        scenario.eventually(
                "the others are there",
                () -> assertThat(scenario.target().count("users")).isEqualTo(rows - 6));
        assertThat(list(1))
                .containsPattern("id=700 .*brief.*(1265|1406)")
                .containsPattern("id=1500 .*1264")
                .containsPattern("id=1501 .*1048")
                .containsPattern("id=2200 .*no such person.*1644")
                .containsPattern("id=2201 .*(3819|4025)")
                .containsPattern("id=2900 .*(3819|4025)")
                .contains("6 open");

        scenario.target().run("DROP TRIGGER odd");
        assertThat(list(1, "--retry")).contains("2 open");
        scenario.source().run("UPDATE users SET name = 'good', at = NOW() WHERE id IN (2201, 2900)");
        scenario.awaitEqual();
        assertThat(list(0)).contains("no open rejects");
    }

    @Test
    void withStopRefusedRowsHaltTheirTableAtAllLoadersUntilTheyAreTaken() throws Exception {
        create();
        // of eleven partitions each loader gets at least five, so that neither has all of these seven
        int partitions = 7;
        scenario.topics().create(scenario.topics().rows(users), partitions);
        scenario.set("TOPIC_PARTITIONS", "4");
        scenario.set("ON_REJECT", "stop");
        scenario.extractor();
        List<Service> loaders = List.of(scenario.loader(), scenario.loader());
        scenario.awaitEqual();
        scenario.eventually(
                "both have a share",
                () -> assertThat(scenario.topics().shares(scenario.group()))
                        .hasSize(2)
                        .doesNotContain(0));

        // in more than one partition, which must not wait for each other
        scenario.source().run("UPDATE users SET name = 'far too long for it' WHERE id IN (3, 13, 23)");
        scenario.eventually("halted", () -> assertThat(phases(loaders)).contains("halted"));
        // what came behind them waits in all partitions; other tables go on
        scenario.source().run("UPDATE users SET name = 'later' WHERE id NOT IN (3, 13, 23)", "UPDATE codes SET v = 5");
        scenario.awaitEqual(codes);
        scenario.eventually("all of its partitions have come to it, and each says why", () -> {
            assertThat(phases(loaders)).containsOnly("halted");
            for (Service loader : loaders) {
                assertThat(loader.status(users).path("lastError").asText())
                        .contains("ON_REJECT=stop", "offset", "brief");
            }
            for (int partition = 0; partition < partitions; partition++) {
                String line = "HALTED partition=" + scenario.topics().rows(users) + "-" + partition;
                assertThat(loaders).anyMatch(loader -> loader.output().contains(line));
            }
        });
        assertThat(scenario.target().values("SELECT name FROM users")).containsOnly("short");

        scenario.target().run("ALTER TABLE users DROP CONSTRAINT brief");
        scenario.patience(Duration.ofMinutes(3));
        scenario.awaitEqual();
        scenario.eventually("it goes on", () -> assertThat(phases(loaders)).doesNotContain("halted"));
        assertThat(scenario.topics().committed(scenario.topics().rejects())).isZero();
    }

    private List<String> phases(List<Service> loaders) throws Exception {
        List<String> phases = new ArrayList<>();
        for (Service loader : loaders) {
            phases.add(loader.status(users).path("phase").asText());
        }
        return phases;
    }

    @Test
    void aLoaderThatMaySetRowsAsideGoesOnWhereOneThatMayNotHasStopped() throws Exception {
        create();
        scenario.set("ON_REJECT", "stop");
        scenario.extractor();
        Service stopping = scenario.loader();
        scenario.awaitEqual();
        scenario.source().run("UPDATE users SET name = 'far too long for it' WHERE id = 3");
        scenario.eventually(
                "halted", () -> assertThat(phases(List.of(stopping))).contains("halted"));
        scenario.source().run("UPDATE users SET name = 'later' WHERE id <> 3");

        stopping.terminate();
        scenario.set("ON_REJECT", "continue");
        scenario.loader();
        scenario.eventually(
                "the others are there",
                () -> assertThat(scenario.target().number("SELECT COUNT(*) FROM users WHERE name = 'later'"))
                        .isEqualTo(39));
        assertThat(list(1)).contains("id=3", "1 open");
    }

    @Test
    void eventsThatNobodyCanDecodeGoToTheRejectsAsTheyAreAndTheRestGoOn() throws Exception {
        create();
        scenario.set("TOPIC_PARTITIONS", "1");
        scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        String topic = scenario.topics().rows(users);
        byte[] row = scenario.topics().newest(topic);
        byte[] unknown = row.clone();
        unknown[5] ^= 1;
        List<byte[]> broken = List.of(
                "not ours".getBytes(StandardCharsets.UTF_8),
                new byte[0],
                new byte[] {(byte) 0xC3, 1, 7},
                Arrays.copyOf(row, row.length - 3),
                Arrays.copyOf(row, 14),
                unknown);
        for (int i = 0; i < broken.size(); i++) {
            scenario.topics().produce(topic, ("key " + i).getBytes(StandardCharsets.UTF_8), broken.get(i));
        }
        awaitRejects(loader, users, broken.size());
        scenario.source().run("UPDATE users SET name = 'later' WHERE id < 9");
        scenario.awaitEqual();
        assertThat(scenario.topics().values(scenario.topics().rejects()))
                .usingElementComparator(Arrays::compare)
                .containsExactlyInAnyOrderElementsOf(broken);
        assertThat(list(1, "--retry")).contains("no schema of fingerprint", "schema unknown", "6 open");
        assertThat(loader.status(users).path("phase").asText()).isNotEqualTo("halted");
    }
}
