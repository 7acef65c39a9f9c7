package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every type with its least, its greatest and its awkward values, between servers of one kind: by first copy, by update and
 * by full refresh, by every way of writing, into a strict target and a lenient one.
 */
class TypesIT {

    @RegisterExtension
    final Scenario scenario = new Scenario();

    @Test
    void everyValueArrivesAsItIs() throws Exception {
        List<TypeColumn> columns = new ArrayList<>(TypeColumn.shared());
        columns.addAll(scenario.source().isMariaDb() ? TypeColumn.ofMariaDb() : TypeColumn.ofMySql());
        long filesBefore = files();
        new TypeTables(scenario, "types", columns).arrive("");
        assertThat(files()).as("batches that came by LOAD DATA").isGreaterThan(filesBefore);
    }

    @Test
    void everyMemberArrivesAsItIsAtAStrictTarget() throws Exception {
        new TypeTables(scenario, "members", TypeColumn.members()).arrive("TRADITIONAL");
    }

    @Test
    void everyMemberArrivesAsItIsAtALenientTarget() throws Exception {
        new TypeTables(scenario, "members", TypeColumn.members()).arrive("");
    }

    @Test
    void everyTextThatUnicodeLacksArrivesAsItIs() throws Exception {
        new TypeTables(scenario, "texts", TypeColumn.beyondUnicode()).arrive("TRADITIONAL");
    }

    @Test
    void everyTypeWithinJsonArrivesAsItIs() throws Exception {
        assumeFalse(scenario.source().isMariaDb(), "MariaDB's JSON is text");
        List<TypeColumn> columns = new ArrayList<>(TypeColumn.withinJson());
        columns.add(TypeColumn.deepJson());
        new TypeTables(scenario, "within_json", columns).arrive("TRADITIONAL");
    }

    private long files() throws Exception {
        return Long.parseLong(String.valueOf(scenario.target()
                .rows("SHOW GLOBAL STATUS LIKE 'Com_load'")
                .get(0)
                .get(1)));
    }

    @Test
    void whatTheServerFillsInArrivesAsTheSourceHasIt() throws Exception {
        List<Table> tables = Stream.of(table("filled", "id").modifier("modified"), table("filled_whole", "id"))
                .toList();
        for (Table each : tables) {
            scenario.source()
                    .run(
                            "CREATE TABLE " + each.name() + " (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
                                    + " price DECIMAL(10,2) NULL DEFAULT 5.25,"
                                    + " taxed DECIMAL(14,4) GENERATED ALWAYS AS (price * 1.19) STORED,"
                                    + " name VARCHAR(20) NULL DEFAULT 'nobody',"
                                    + " label VARCHAR(30) GENERATED ALWAYS AS (CONCAT('#', name)) VIRTUAL,"
                                    + " hidden INT NULL DEFAULT 7 INVISIBLE,"
                                    + " born TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,"
                                    + " modified INT NOT NULL DEFAULT 0, KEY (modified))",
                            "INSERT INTO " + each.name() + " (name) VALUES ('Ann'), ('Bob'), (NULL)",
                            "UPDATE " + each.name() + " SET id = 0 WHERE id = 1",
                            "INSERT INTO " + each.name() + " (id, price, name, hidden, born) VALUES (9, NULL, NULL,"
                                    + " NULL, NULL), (10, 0, '', 0, '2026-01-01 00:00:00')");
        }
        scenario.sync(tables.toArray(Table[]::new));
        scenario.run();
        scenario.awaitEqual();
        assertThat(scenario.target().number("SELECT MIN(id) FROM filled")).isZero();
        for (Table each : tables) {
            scenario.source()
                    .run(
                            "UPDATE " + each.name() + " SET price = 7, name = 'it''s', modified = 1 WHERE id IN (0, 9)",
                            "UPDATE " + each.name() + " SET price = NULL, name = NULL, hidden = NULL, born = NULL,"
                                    + " modified = 1 WHERE id = 2");
        }
        scenario.awaitEqual();
    }

    @Test
    void aTableWhoseKeyTheServerMadeArrives() throws Exception {
        assumeFalse(scenario.source().isMariaDb(), "MySQL alone generates invisible primary keys");
        Table keyless = table("keyless", "my_row_id").modifier("modified");
        scenario.source()
                .run(
                        "SET sql_generate_invisible_primary_key = ON",
                        "CREATE TABLE keyless (v VARCHAR(10), modified INT NOT NULL DEFAULT 0, KEY (modified))",
                        "SET sql_generate_invisible_primary_key = OFF",
                        "INSERT INTO keyless (v) VALUES ('a'), ('a'), (NULL)");
        scenario.sync(keyless);
        scenario.run();
        scenario.awaitEqual();
        scenario.source().run("UPDATE keyless SET v = 'b', modified = 1 WHERE my_row_id = 2");
        scenario.awaitEqual();
        assertThat(scenario.target().count("keyless")).isEqualTo(3);
    }

    @Test
    void aTextThatUnicodeLacksIsRejectedByATargetOfAnotherCharset() throws Exception {
        Table words = table("words", "id").modifier("modified");
        scenario.source()
                .run(
                        "CREATE TABLE words (id INT PRIMARY KEY, word VARCHAR(20) CHARACTER SET sjis, modified INT NOT NULL,"
                                + " KEY (modified))",
                        "INSERT INTO words VALUES (1, '表', 1), (2, UNHEX('61F040'), 1), (3, 'ソ', 1)");
        scenario.target()
                .run(
                        "CREATE TABLE words (id INT PRIMARY KEY, word VARCHAR(20) CHARACTER SET utf8mb4, modified INT NOT NULL)");
        scenario.sync(words);
        scenario.run();
        scenario.eventually(
                "what Unicode has is there",
                () -> assertThat(scenario.target().values("SELECT word FROM words ORDER BY id"))
                        .containsExactly("表", "ソ"));
        assertThat(scenario.topics().committed(scenario.topics().rejects())).isOne();
    }

    @Test
    void aTextThatIsLongerInUtf8ThanTheServersPacketHaltsItsTableAndIsNoNull() throws Exception {
        Table words = table("words", "id").modifier("modified");
        scenario.source()
                .run(
                        "CREATE TABLE words (id INT PRIMARY KEY, word LONGTEXT CHARACTER SET cp1251, modified INT NOT NULL,"
                                + " KEY (modified))",
                        "INSERT INTO words VALUES (1, NULL, 1), (2, REPEAT(_cp1251 x'E6', @@max_allowed_packet DIV 2 + 9), 1)");
        scenario.sync(words);
        Service extractor = scenario.extractor();
        scenario.loader();
        scenario.eventually(
                "it halts",
                () -> assertThat(extractor.status(words).path("lastError").asText())
                        .contains("column word", "max_allowed_packet"));
        scenario.source().run("UPDATE words SET word = REPEAT(_cp1251 x'E6', 9) WHERE id = 2");
        scenario.awaitEqual();
    }
}
