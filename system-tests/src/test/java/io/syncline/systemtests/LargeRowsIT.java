package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Table;
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
