package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.time.Duration;
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
}
