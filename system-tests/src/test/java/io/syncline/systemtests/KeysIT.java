package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keys of every type that may be one, keys that are spelled in several ways, and keys whose column is altered. */
class KeysIT {

    @RegisterExtension
    final Scenario scenario = new Scenario();

    /** The key's columns, and the literals of its values. */
    private record Key(String columns, List<String> values) {
        static Key of(String type, String... values) {
            return new Key("k " + type + " NOT NULL, PRIMARY KEY (k)", List.of(values));
        }

        List<String> names() {
            return columns.startsWith("k1 ") ? List.of("k1", "k2", "k3", "k4", "k5") : List.of("k");
        }
    }

    private static final List<Key> KEYS = List.of(
            Key.of("BINARY(16)", "UNHEX('00112233445566778899aabbccddee00')", "UNHEX('00')", "UNHEX('01')"),
            Key.of("VARBINARY(20)", "UNHEX('00')", "''", "' '", "UNHEX('0000')", "UNHEX('FF5C27')"),
            Key.of("BIGINT UNSIGNED", "18446744073709551615", "9223372036854775808", "9223372036854775807", "0"),
            Key.of("INT", "-2147483648", "2147483647", "0"),
            Key.of("DECIMAL(30,10)", "12345678901234567890.0123456789", "-0.5", "12345678901234567890.0123456788", "0"),
            Key.of("FLOAT", "0.1", "-1e-45", "16777217", "-0e0", "3.4028235e38"),
            Key.of("DOUBLE", "0.1", "4.9e-324", "0.30000000000000004", "0.3", "-1.7976931348623157e308"),
            Key.of("DATETIME(3)", "'0000-00-00 00:00:00'", "'2024-00-00 00:00:00.001'", "'2026-03-08 02:30:00.002'"),
            Key.of("DATETIME", "'0000-00-00 00:00:00'", "'1000-01-01 00:00:00'", "'2026-03-08 02:30:00'"),
            Key.of("TIMESTAMP(6)", "'2026-11-01 07:30:00'", "'2026-11-01 08:30:00'", "'1970-01-01 02:00:01'"),
            Key.of("DATE", "'2024-00-00'", "'1000-01-01'", "'0000-00-00'", "'9999-12-31'"),
            Key.of("TIME(2)", "'-838:59:59'", "'00:00:00'", "'-00:00:00.01'", "'838:59:58.99'"),
            Key.of("YEAR", "0", "2155", "1901"),
            Key.of("BIT(64)", "18446744073709551615", "9223372036854775808", "0"),
            Key.of("ENUM('z','a','m')", "'z'", "'a'", "'m'", "0"),
            Key.of("ENUM('z','','a')", "'z'", "''", "'a'", "0"),
            Key.of("SET('z','a','m')", "'z'", "'a,m'", "''", "'z,m'"),
            Key.of("SET('','a','m')", "0", "1", "2", "3"),
            Key.of(
                    "VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
                    "'a'",
                    "'b  '",
                    "'Öl'",
                    "'ß'",
                    "'\uD83D\uDE00'"),
            Key.of("VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "'a'", "'A'", "'b '", "''"),
            Key.of("VARCHAR(20) CHARACTER SET latin1", "'é'", "'Z'", "'ÿ'", "''"),
            Key.of("CHAR(20) CHARACTER SET utf16", "'é'", "'\uD83D\uDE00'", "'Z'"),
            Key.of("VARCHAR(20) CHARACTER SET gbk", "'中文'", "'z'", "'縗'"),
            // Unicode has no F040
            Key.of("VARCHAR(20) CHARACTER SET sjis", "'表'", "'ソ'", "'a'", "UNHEX('F040')", "UNHEX('61F040')"),
            new Key(
                    "k TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, PRIMARY KEY (k(20))",
                    List.of("'a'", "''", "REPEAT('b', 300)", "'\uD83D\uDE00'")),
            new Key("k BLOB NOT NULL, PRIMARY KEY (k(20))", List.of("''", "UNHEX('00')", "REPEAT('b', 300)")),
            new Key(
                    "k1 INT NOT NULL, k2 VARCHAR(10) CHARACTER SET latin1 NOT NULL, k3 DATE NOT NULL,"
                            + " k4 DECIMAL(5,2) NOT NULL, k5 ENUM('x','y') NOT NULL, PRIMARY KEY (k1, k2, k3, k4, k5)",
                    List.of(
                            "1, 'a', '2024-00-00', 0.5, 'x'",
                            "1, 'a', '2024-00-00', 0.5, 'y'",
                            "1, 'b', '0000-00-00', -1, 0",
                            "1, 'b', '0000-00-00', -1, 'x'",
                            "2, '', '2024-01-01', 0, 'x'")));

    @Test
    void keysOfEveryTypeIdentifyTheirRows() throws Exception {
        List<Key> keys = new ArrayList<>(KEYS);
        if (scenario.source().isMariaDb()) {
            keys.add(
                    Key.of("UUID", "'00112233-4455-6677-8899-aabbccddeeff'", "'ffffffff-0000-0000-0000-000000000000'"));
            keys.add(Key.of("INET4", "'0.0.0.0'", "'255.255.255.255'", "'10.0.0.1'"));
            keys.add(Key.of("INET6", "'::1'", "'::'", "'ffff::'"));
        }
        String noPad = scenario.source().isMariaDb() ? "utf8mb4_uca1400_nopad_ai_ci" : "utf8mb4_0900_ai_ci";
        keys.add(Key.of("VARCHAR(20) CHARACTER SET utf8mb4 COLLATE " + noPad, "'a'", "'a '", "'A  '", "''", "' '"));
        List<Table> tables = new ArrayList<>();
        for (Key key : keys) {
            for (boolean incremental : new boolean[] {true, false}) {
                Table each = table("key_" + tables.size(), key.names().toArray(String[]::new));
                tables.add(incremental ? each.modifier("modified") : each);
                scenario.source()
                        .run("CREATE TABLE " + each.name() + " (v INT, modified INT NOT NULL, " + key.columns()
                                + ", KEY (modified))");
                for (String value : key.values()) {
                    scenario.source().run("INSERT INTO " + each.name() + " VALUES (1, 1, " + value + ")");
                }
            }
        }
        // there are fifty of them
        scenario.patience(Duration.ofMinutes(3));
        scenario.set("FETCH_LIMIT", "2");
        scenario.set("TOPIC_PARTITIONS", "2");
        scenario.sync(tables.toArray(Table[]::new));
        scenario.run();
        scenario.awaitEqual();
        for (Table each : tables) {
            scenario.source().run("UPDATE " + each.name() + " SET v = 2, modified = 2");
        }
        scenario.awaitEqual();
        assertThat(scenario.topics().committed(scenario.topics().rejects())).isZero();
    }

    @Test
    void aKeyThatTheServerComputesIdentifiesItsRows() throws Exception {
        Table computed = table("computed", "k").modifier("modified");
        Table unique = table("computed_unique", "k").modifier("modified");
        Table whole = table("computed_whole", "k");
        String columns = " (x INT NOT NULL, k INT GENERATED ALWAYS AS (x + 1) STORED NOT NULL, v INT,"
                + " modified INT NOT NULL DEFAULT 1, KEY (modified), ";
        assumeFalse(scenario.source().isMariaDb(), "MariaDB's computed columns are never NOT NULL");
        scenario.source()
                .run(
                        "CREATE TABLE computed" + columns + "PRIMARY KEY (k))",
                        "CREATE TABLE computed_unique" + columns + "PRIMARY KEY (k), UNIQUE (v))",
                        "CREATE TABLE computed_whole" + columns + "PRIMARY KEY (k))");
        for (Table each : List.of(computed, unique, whole)) {
            scenario.source().run("INSERT INTO " + each.name() + " (x, v) VALUES (1, 1), (2, 2), (-7, 3)");
        }
        scenario.sync(computed, unique, whole);
        scenario.run();
        scenario.awaitEqual();
        for (Table each : List.of(computed, unique, whole)) {
            scenario.source().run("UPDATE " + each.name() + " SET v = v + 10, modified = 2 WHERE k <> 2");
        }
        scenario.awaitEqual();
    }

    /** While no loader runs, so that it finds all versions at once and its partitions overtake one another. */
    @Test
    void versionsOfARowArriveInOrderHoweverItsKeyIsSpelled() throws Exception {
        Table words = table("words", "word").modifier("version");
        Table numbers = table("numbers", "number").modifier("version");
        scenario.source()
                .run(
                        "CREATE TABLE words (word VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci PRIMARY KEY,"
                                + " version INT NOT NULL, KEY (version))",
                        "INSERT INTO words SELECT CONCAT('wörd', n), 1 FROM " + Sql.numbers(60),
                        "CREATE TABLE numbers (number DECIMAL(12,2) PRIMARY KEY, version INT NOT NULL, KEY (version))",
                        "INSERT INTO numbers SELECT n - 30, 1 FROM " + Sql.numbers(60));
        scenario.sync(words, numbers);
        Service extractor = scenario.extractor();
        awaitPasses(extractor, words, numbers);
        // accents, case and trailing spaces are nothing to this collation
        scenario.source().run("UPDATE words SET word = CONCAT(UPPER(word), '  '), version = 2");
        awaitPasses(extractor, words, numbers);
        scenario.source()
                .run(
                        "UPDATE words SET word = REPLACE(LOWER(word), 'ö', 'o'), version = 3",
                        "ALTER TABLE numbers MODIFY number DECIMAL(20,7)",
                        "UPDATE numbers SET version = 3");
        awaitPasses(extractor, words, numbers);
        scenario.loader();
        scenario.awaitEqual();
        assertThat(scenario.target().count("words")).isEqualTo(60);
        assertThat(scenario.target().count("numbers")).isEqualTo(60);
    }

    @Test
    void aKeyMayBecomeUnsignedInTheMiddleOfACopy() throws Exception {
        Table counters = table("counters", "id").modifier("version");
        scenario.source()
                .run(
                        "CREATE TABLE counters (id INT UNSIGNED PRIMARY KEY, version INT NOT NULL, KEY (version))",
                        "INSERT INTO counters SELECT n, 1 FROM " + Sql.numbers(3_000));
        scenario.target()
                .run("CREATE TABLE counters (id BIGINT UNSIGNED PRIMARY KEY, version INT NOT NULL, KEY (version))");
        scenario.set("FETCH_LIMIT", "10");
        scenario.sync(counters);
        Service extractor = scenario.extractor();
        scenario.eventually(
                "a part is copied",
                () -> assertThat(extractor.status(counters).path("rows").asLong())
                        .isPositive());
        scenario.source()
                .run(
                        "ALTER TABLE counters MODIFY id BIGINT UNSIGNED",
                        "UPDATE counters SET version = 2 WHERE id % 7 = 0",
                        "INSERT INTO counters VALUES (18446744073709551615, 2)");
        awaitPasses(extractor, counters);
        scenario.loader();
        scenario.awaitEqual();
    }

    @Test
    void aKeyThatComparesInAnotherWayHaltsItsTable() throws Exception {
        Table words = table("words", "word").modifier("version").with("schema_changes", "widen");
        Table others = table("others", "id").modifier("version");
        scenario.source()
                .run(
                        "CREATE TABLE words (word VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci PRIMARY KEY,"
                                + " version INT NOT NULL, KEY (version))",
                        "INSERT INTO words VALUES ('a', 1)",
                        "CREATE TABLE others (id INT PRIMARY KEY, version INT NOT NULL, KEY (version))");
        scenario.sync(words, others);
        Service extractor = scenario.extractor();
        scenario.loader();
        scenario.awaitEqual();

        scenario.source()
                .run(
                        "ALTER TABLE words MODIFY word VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
                        "INSERT INTO others VALUES (1, 1)");
        scenario.eventually(
                "the table is halted",
                () -> assertThat(extractor.status(words).path("lastError").asText())
                        .contains("primary_key")
                        .contains("utf8mb4_bin")
                        .contains(scenario.topics().rows(words)));
        scenario.awaitEqual(others);

        scenario.source()
                .run(
                        "ALTER TABLE words MODIFY word VARCHAR(30) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
                        "INSERT INTO words VALUES ('b', 2)");
        scenario.awaitEqual();
    }

    private void awaitPasses(Service extractor, Table... tables) throws Exception {
        for (Table each : tables) {
            scenario.awaitPasses(extractor, each, 2);
        }
    }
}
