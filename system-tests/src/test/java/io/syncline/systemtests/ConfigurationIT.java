package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.syncline.systemtests.pipeline.Database;
import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is configured wrongly ends a service at once with status 2, all faults together; what is odd works. */
class ConfigurationIT {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String ODD_PASSWORD = "a'b\"c\\d`e f#g$h%i&j=k;l:m@n/o?p!äß中\uD83D\uDE00{}[]<>|^~*()+,.-_";

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table plain = table("plain", "id");

    private void create() throws Exception {
        scenario.source().run("CREATE TABLE plain (id INT PRIMARY KEY, v TEXT)", "INSERT INTO plain VALUES (1, 'x')");
        scenario.sync(plain);
    }

    private static void refuses(Service service, String... faults) {
        assertThat(service.awaitExit(SOON)).isEqualTo(2);
        assertThat(service.output()).contains(faults).doesNotContain("p@ss");
    }

    @Test
    void allFaultsAreReportedTogether() throws Exception {
        scenario.set("SOURCE_DB_HOST", "");
        scenario.set("SOURCE_DB_PORT", "99999");
        scenario.set("TARGET_DB_NAME", "");
        scenario.set("TARGET_DB_USER_FILE", "missing-secret");
        scenario.set("TARGET_DB_USER", "");
        scenario.set("KAFKA_BOOTSTRAP_SERVERS", "");
        scenario.set("TOPIC_PREFIX", "no spaces");
        scenario.set("TOPIC_PARTITIONS", "0");
        scenario.set("FETCH_LIMIT", "10k");
        scenario.set("INTERVAL", "soon");
        scenario.set("KAFKA_ACKS", "1");
        Files.writeString(scenario.folder().resolve("tables.json"), """
                [{"table": "a", "primary_key": "id", "modifer": "x"},
                 {"table": "a", "primary_key": ["id"]},
                 {"primary_key": 7},
                 {"table": "b", "primary_key": "id", "null_modifier": "maybe", "modifier": "m"}]""");
        Service extractor = scenario.extractor();
        Service loader = scenario.loader();
        String[] common = {
            "KAFKA_BOOTSTRAP_SERVERS: is not set",
            "TOPIC_PREFIX: 'no spaces'",
            "TOPIC_PARTITIONS: '0'",
            "INTERVAL: 'soon'",
            "KAFKA_ACKS: ",
            "tables.json: [0].modifer: is not known",
            "tables.json: [1].table: 'a'",
            "tables.json: [2].table: is missing",
            "tables.json: [2].primary_key: 7",
            "tables.json: [3].null_modifier: 'maybe'"
        };
        refuses(extractor, common);
        assertThat(extractor.output())
                .contains("SOURCE_DB_HOST: is not set", "SOURCE_DB_PORT: '99999'", "FETCH_LIMIT: '10k'", "as 10000");
        refuses(loader, common);
        assertThat(loader.output()).contains("TARGET_DB_NAME: is not set", "TARGET_DB_USER_FILE: 'missing-secret'");
    }

    @Test
    void aWrongPasswordIsNoReasonToWait() throws Exception {
        create();
        scenario.set("SOURCE_DB_PASS", "wr0ng");
        scenario.set("TARGET_DB_PASS", "wr0ng");
        Service extractor = scenario.extractor();
        Service loader = scenario.loader();
        refuses(extractor, "SOURCE_DB_PASS", "refused");
        refuses(loader, "TARGET_DB_PASS", "refused");
        assertThat(extractor.output()).doesNotContain("wr0ng");
        assertThat(loader.output()).doesNotContain("wr0ng");
    }

    @Test
    void sessionsAreEncryptedWhereThatIsAskedFor() throws Exception {
        assumeFalse(scenario.source().isMariaDb(), "the embedded servers have no TLS");
        create();
        for (Database database : List.of(scenario.source(), scenario.target())) {
            database.run(
                    "DROP USER IF EXISTS 'teller'@'%'",
                    "CREATE USER 'teller'@'%' IDENTIFIED BY 'tells'", "GRANT ALL ON *.* TO 'teller'@'%'");
        }
        for (String side : List.of("SOURCE_DB", "TARGET_DB")) {
            scenario.set(side + "_USER", "teller");
            scenario.set(side + "_PASS", "tells");
        }
        scenario.set("SOURCE_DB_SSL_MODE", "disabled");
        scenario.set("TARGET_DB_SSL_MODE", "required");
        scenario.extractor();
        scenario.loader();
        scenario.awaitEqual();

        assertThat(tellersSessions(scenario.source())).isNotEmpty().containsOnly("TCP/IP");
        assertThat(tellersSessions(scenario.target())).isNotEmpty().containsOnly("SSL/TLS");
    }

    private static List<Object> tellersSessions(Database database) throws Exception {
        return List.copyOf(database.values(
                "SELECT CONNECTION_TYPE FROM performance_schema.threads WHERE PROCESSLIST_USER = 'teller'"));
    }

    @Test
    void aServerThatCannotShowWhoItIsIsNotTalkedTo() throws Exception {
        create();
        scenario.set("SOURCE_DB_SSL_MODE", "verify_ca");
        Service extractor = scenario.extractor();
        scenario.eventually(
                "it says why it waits",
                () -> assertThat(extractor.output())
                        .containsPattern(
                                "waiting for SOURCE_DB .*(SOURCE_DB_SSL_MODE asks for|not provided by server)"));
    }

    @Test
    void aTablesFileThatIsMissingOrNoJsonIsNamed() throws Exception {
        Service missing = scenario.extractor();
        Files.writeString(scenario.folder().resolve("broken.json"), "[\n{\"table\": \"a\",\n oops}]");
        scenario.set("TABLES_FILE", "broken.json");
        Service brokenForExtractor = scenario.extractor();
        Service brokenForLoader = scenario.loader();
        refuses(missing, "tables.json: there is no file", "TABLES_FILE");
        refuses(brokenForExtractor, "broken.json: line 3");
        refuses(brokenForLoader, "broken.json: line 3");
    }

    @Test
    void oddPasswordsFromFilesAndFromADotEnvFileWork() throws Exception {
        create();
        String identified = "IDENTIFIED BY " + Sql.text(ODD_PASSWORD);
        for (Database database : List.of(scenario.source(), scenario.target())) {
            database.run(
                    "DROP USER IF EXISTS 'odd user'@'%'",
                    "CREATE USER 'odd user'@'%' " + identified, "GRANT ALL ON *.* TO 'odd user'@'%'");
        }
        Files.writeString(scenario.folder().resolve("secret"), ODD_PASSWORD + "\n");
        Files.writeString(
                scenario.folder().resolve(".env"),
                "SOURCE_DB_USER=odd user\nTARGET_DB_USER='odd user'\nINTERVAL=not read, for the environment wins\n");
        scenario.set("SOURCE_DB_USER", "");
        scenario.set("TARGET_DB_USER", "");
        scenario.set("SOURCE_DB_PASS", ODD_PASSWORD);
        scenario.set("TARGET_DB_PASS", "");
        scenario.set("TARGET_DB_PASS_FILE", "secret");
        scenario.set("INTERVAL", "0");
        scenario.set("FETCH_LIMIT", "1");
        Service extractor = scenario.extractor();
        Service loader = scenario.loader();
        assertThat(extractor.awaitExit(SOON)).isZero();
        assertThat(loader.awaitExit(SOON)).isZero();
        scenario.awaitEqual();
        assertThat(extractor.output()).contains("FETCH_LIMIT=1 had no effect");
    }

    @Test
    void aTopicThatWouldLoseRowsIsRefused() throws Exception {
        create();
        String topic = scenario.topics()
                .rows(plain)
                .replace(".rows." + scenario.source().name() + ".plain", ".watermarks");
        scenario.topics()
                .admin()
                .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                .all()
                .get();
        refuses(scenario.extractor(), topic, "cleanup.policy");
    }
}
