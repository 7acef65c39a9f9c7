package io.syncline.systemtests.faults;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Database;
import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.sql.Connection;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers that restart or are away for long, and what is under way there meanwhile. */
@Tag(Servers.TAG)
class ServersAwayIT {

    private static final Servers SERVERS = Servers.start();

    @RegisterExtension
    final Scenario scenario = new Scenario(() -> SERVERS);

    private static final int HEAP_MEBIBYTES = 96;
    /** Of a quarter of a mebibyte each: four times the heap. */
    private static final int PAPERS = 4 * 4 * HEAP_MEBIBYTES;

    private static final int PAGE = PAPERS / 12;

    private final Table goods = table("goods", "id").modifier("at");

    private static Victim server(String name) {
        return SERVERS.processes().stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Service start() throws Exception {
        try (Connection source = scenario.source().connect()) {
            Database.run(
                    source,
                    "CREATE TABLE goods (id INT PRIMARY KEY, v INT NOT NULL, at TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6)"
                            + " ON UPDATE CURRENT_TIMESTAMP(6), KEY (at))",
                    "INSERT INTO goods (id, v) SELECT n, 0 FROM " + Sql.numbers(1000));
        }
        scenario.patience(Duration.ofMinutes(2));
        scenario.sync(goods);
        Service extractor = scenario.extractor();
        scenario.loader();
        scenario.awaitEqual();
        return extractor;
    }

    /** By a session of its own: the source may have restarted since the last one. */
    private void atSource(String... statements) throws Exception {
        try (Connection source = scenario.source().connect()) {
            Database.run(source, statements);
        }
    }

    private void awaitTime(int seconds) throws Exception {
        atSource(
                "DROP TABLE IF EXISTS clock",
                "CREATE TABLE clock (began DATETIME)",
                "INSERT INTO clock VALUES (UTC_TIMESTAMP())");
        scenario.eventually(seconds + " s have passed", () -> {
            try (Connection source = scenario.source().connect()) {
                assertThat(Database.rows(source, "SELECT TIMESTAMPDIFF(SECOND, began, UTC_TIMESTAMP()) FROM clock"))
                        .satisfies(rows -> assertThat(Integer.parseInt(
                                        String.valueOf(rows.get(0).get(0))))
                                .isGreaterThan(seconds));
            }
        });
    }

    @Test
    void rowsPreparedBeforeTheSourceRestartedAreNotMissedWhenTheyAreCommitted() throws Exception {
        Service extractor = start();
        atSource("XA START 'order'", "UPDATE goods SET v = 1 WHERE id = 1", "XA END 'order'", "XA PREPARE 'order'");
        scenario.awaitPasses(extractor, goods, 2);
        server("source").kill();
        server("source").restart();

        scenario.awaitPasses(extractor, goods, 2);
        atSource("UPDATE goods SET v = 2 WHERE id = 2");
        scenario.awaitEqual();
        // long enough for the restart to lie behind every bound that is drawn from it
        awaitTime(5);
        scenario.awaitPasses(extractor, goods, 3);
        atSource("XA COMMIT 'order'");
        scenario.awaitEqual();
    }

    @Test
    void aTargetThatHangsForLongerThanAPollMayTakeCostsTheLoaderNotItsPlaceInTheGroup() throws Exception {
        scenario.set("KAFKA_MAX_POLL_INTERVAL_MS", "8000");
        start();
        Set<String> members = members();
        Victim target = server("target");
        target.pause();
        try {
            atSource("UPDATE goods SET v = v + 1");
            awaitTime(17);
            assertThat(members()).isEqualTo(members);
        } finally {
            target.resume();
        }
        scenario.awaitEqual();
        assertThat(members()).isEqualTo(members);
    }

    @Test
    void aTargetThatIsGoneForLongerThanAPollMayTakeIsWaitedForAndReadinessSaysSo() throws Exception {
        scenario.set("KAFKA_MAX_POLL_INTERVAL_MS", "8000");
        start();
        Service second = scenario.loader();
        // a partition that is being given away waits for its batch for longer than a poll may take here
        scenario.eventually(
                "both have a share",
                () -> assertThat(scenario.topics().shares(scenario.group()))
                        .hasSize(2)
                        .doesNotContain(0));
        Set<String> members = members();
        server("target").kill();
        try {
            atSource("UPDATE goods SET v = v + 1");
            scenario.eventually("it says so", () -> {
                assertThat(second.get("/health/ready").statusCode()).isEqualTo(503);
                assertThat(second.get("/health/ready").body()).contains("the target");
                assertThat(second.get("/health/live").statusCode()).isEqualTo(200);
            });
            awaitTime(17);
            assertThat(members()).isEqualTo(members);
        } finally {
            server("target").restart();
        }
        scenario.awaitEqual();
        assertThat(members()).isEqualTo(members);
    }

    /** What the loader has fetched and cannot write is bounded; the rest stays in Kafka. */
    @Test
    void aBacklogOfSeveralHeapsWaitsInKafkaWhileTheTargetIsAway() throws Exception {
        scenario.patience(Duration.ofMinutes(4));
        Table papers = table("papers", "id").modifier("at");
        atSource(
                "CREATE TABLE papers (id INT PRIMARY KEY, text LONGTEXT NOT NULL, at TIMESTAMP(6)"
                        + " DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), KEY (at))",
                "INSERT INTO papers (id, text) VALUES (0, 'the first')");
        scenario.set("KAFKA_MAX_POLL_INTERVAL_MS", "8000");
        scenario.set("JDK_JAVA_OPTIONS", "-Xmx" + HEAP_MEBIBYTES + "m");
        scenario.sync(papers);
        Service extractor = scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        Set<String> members = members();
        server("target").kill();
        try {
            for (int first = 1; first <= PAPERS; first += PAGE) {
                atSource("INSERT INTO papers (id, text) SELECT " + first + " + n - 1, " + noise() + " FROM "
                        + Sql.numbers(PAGE));
            }
            scenario.eventually(
                    "all of it is in Kafka",
                    () -> assertThat(extractor.status(papers).path("rows").asLong())
                            .isGreaterThan(PAPERS));
            awaitTime(17);
            assertThat(members()).isEqualTo(members);
            assertThat(loader.get("/health/live").statusCode()).isEqualTo(200);
        } finally {
            server("target").restart();
        }
        scenario.awaitEqual();
        assertThat(members()).isEqualTo(members);
        assertThat(loader.output()).doesNotContain("the heap is too small", "OutOfMemoryError");
    }

    /** A quarter of a mebibyte that no compression makes much smaller, and another one in each row. */
    private static String noise() {
        return "CONCAT("
                + IntStream.range(0, 2048).mapToObj(part -> "SHA2(RAND(), 512)").collect(Collectors.joining(", "))
                + ")";
    }

    private Set<String> members() throws Exception {
        return scenario.topics().members(scenario.group());
    }

    @AfterAll
    static void stopServers() {
        server("target").resume();
        SERVERS.close();
    }
}
