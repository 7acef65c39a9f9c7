package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Table;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows of 10 MiB pass through services with a heap well below the 256 MiB promised, though a page may hold ten thousand. */
class LargeRowsIT {

    @RegisterExtension
    final Scenario scenario = new Scenario();

    @Test
    void largeRowsFitASmallHeap() throws Exception {
        Table large = table("large", "id").modifier("at");
        Table whole = table("large_whole", "id");
        for (Table each : new Table[] {large, whole}) {
            scenario.source()
                    .run(
                            "CREATE TABLE " + each.name() + " (id INT PRIMARY KEY, bytes LONGBLOB, text LONGTEXT,"
                                    + " at DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP)",
                            "INSERT INTO " + each.name() + " (id, bytes, text) VALUES (1, 'small', 'small')");
            // noise, which no compression makes small
            for (int id = 2; id <= 6; id++) {
                scenario.source()
                        .run("INSERT INTO " + each.name() + " (id, bytes, text) SELECT " + id + ", REPEAT(CONCAT("
                                + noise(id) + "), 80), REPEAT('é\\'\\n', 1024)");
            }
        }
        scenario.sync(large, whole);
        scenario.set("JDK_JAVA_OPTIONS", "-Xmx160m");
        scenario.run();
        scenario.awaitEqual();
        scenario.source()
                .run(
                        "UPDATE large SET text = 'changed' WHERE id > 2",
                        "UPDATE large_whole SET text = 'x' WHERE id = 2");
        scenario.awaitEqual();
    }

    @Test
    void valuesOf32MebibytesArrive() throws Exception {
        Table changed = table("changed", "id").modifier("version");
        Table whole = table("whole", "id");
        for (Table each : List.of(changed, whole)) {
            scenario.source()
                    .run(
                            "CREATE TABLE " + each.name()
                                    + " (id INT PRIMARY KEY, bytes LONGBLOB, version INT, KEY (version))",
                            "INSERT INTO " + each.name() + " SELECT 1, REPEAT(CONCAT(" + noise(1) + "), 256), 1");
        }
        scenario.set("JDK_JAVA_OPTIONS", "-Xmx512m");
        scenario.sync(changed, whole);
        scenario.run();
        scenario.awaitEqual();
        scenario.source().run("UPDATE changed SET bytes = REVERSE(bytes), version = 2");
        scenario.awaitEqual();
    }

    @Test
    void aRowTooLargeForTheExtractorsHeapHoldsNoOtherTableBack() throws Exception {
        Table huge = table("huge", "id").modifier("version");
        Table small = table("small", "id").modifier("version");
        for (Table each : List.of(huge, small)) {
            scenario.source()
                    .run(
                            "CREATE TABLE " + each.name()
                                    + " (id INT PRIMARY KEY, bytes LONGBLOB, version INT, KEY (version))",
                            "INSERT INTO " + each.name() + " VALUES (1, 'a', 1)");
        }
        scenario.source().run("INSERT INTO huge VALUES (2, REPEAT('b', 33554432), 1)");
        scenario.set("WATERMARK_PARTITIONS", "1");
        scenario.sync(huge, small);
        scenario.loader();
        scenario.set("JDK_JAVA_OPTIONS", "-Xmx48m");
        Service extractor = scenario.extractor();
        scenario.eventually(
                "the reason",
                () -> assertThat(extractor.status(huge).path("lastError").asText())
                        .contains("raise -Xmx"));
        scenario.awaitEqual(small);
        scenario.source().run("INSERT INTO small VALUES (2, 'c', 2)");
        scenario.awaitEqual(small);

        extractor.terminate();
        scenario.set("JDK_JAVA_OPTIONS", "-Xmx512m");
        scenario.extractor();
        scenario.awaitEqual();
    }

    @Test
    void aRowBeyondTheLargestRecordIsListedWithItsKeyAndSizeUntilItFits() throws Exception {
        Table vast = table("vast", "id").modifier("version");
        scenario.source()
                .run(
                        "CREATE TABLE vast (id INT PRIMARY KEY, one LONGBLOB, other LONGBLOB, version INT, KEY (version))",
                        "INSERT INTO vast VALUES (1, 'a', 'a', 1), (2, REPEAT('b', 34000000), 'b', 1), (3, 'c', 'c', 1)",
                        "UPDATE vast SET other = REPEAT('d', 34000000) WHERE id = 2");
        scenario.set("JDK_JAVA_OPTIONS", "-Xmx512m");
        scenario.sync(vast);
        Service extractor = scenario.extractor();
        scenario.loader();
        scenario.eventually("the others are there", () -> {
            assertThat(scenario.target().values("SELECT id FROM vast ORDER BY id"))
                    .containsExactly("1", "3");
            assertThat(extractor.status(vast).path("rejects").asInt()).isPositive();
        });
        scenario.awaitPasses(extractor, vast, 2);
        assertThat(list(1)).contains("id=2", "a row of 680000", "too large for a record", "1 open");
        scenario.source().run("UPDATE vast SET one = 'b', version = 2 WHERE id = 2");
        scenario.awaitEqual();
        assertThat(list(0)).contains("no open rejects");
    }

    private String list(int expectedStatus) {
        Service command = scenario.rejects();
        assertThat(command.awaitExit(Duration.ofSeconds(60)))
                .as(command.output())
                .isEqualTo(expectedStatus);
        return command.output();
    }

    /** 128 KiB: RANDOM_BYTES is not in every server. */
    private static String noise(int seed) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < 4096; i++) {
            sql.append(i == 0 ? "" : ", ")
                    .append("UNHEX(SHA2('")
                    .append(seed)
                    .append('-')
                    .append(i)
                    .append("', 256))");
        }
        return sql.toString();
    }
}
