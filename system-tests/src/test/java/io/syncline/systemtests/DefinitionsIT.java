package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Database;
import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a table that loaders make is, and what they do with one that is not as the source's. */
class DefinitionsIT {

    /** Statements that both MySQL and MariaDB understand, by the table's name; each has a key {@code id}. */
    static final Map<String, String> BOTH = new LinkedHashMap<>();

    static final Map<String, String> MYSQL = new LinkedHashMap<>();
    static final Map<String, String> MARIADB = new LinkedHashMap<>();

    static {
        BOTH.put("columns", """
                (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'it''s the key; back\\\\slash, `tick`, "quote", 订单 😀',
                 name VARCHAR(40) CHARACTER SET latin1 COLLATE latin1_german2_ci NOT NULL DEFAULT 'no''body',
                 mood ENUM('good','it''s, ok','(') NULL DEFAULT 'good',
                 tags SET('x','y') NOT NULL DEFAULT 'x,y',
                 score DECIMAL(12,4) UNSIGNED ZEROFILL NOT NULL DEFAULT 0.5,
                 flags BIT(3) DEFAULT b'101',
                 rate DOUBLE DEFAULT -1.5e10,
                 blank VARCHAR(10) NOT NULL DEFAULT '',
                 hidden INT INVISIBLE DEFAULT 7,
                 at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
                 maybe TIMESTAMP NULL,
                 day DATE DEFAULT '2024-02-29',
                 sum INT DEFAULT (1 + 2),
                 text TEXT DEFAULT ('(`a`, b)'),
                 doc JSON,
                 doubled INT GENERATED ALWAYS AS (hidden * 2) VIRTUAL COMMENT 'computed',
                 greeting VARCHAR(60) GENERATED ALWAYS AS (CONCAT(name, ', `hi`')) STORED,
                 PRIMARY KEY (id)) COMMENT='the table''s (`own`)' ROW_FORMAT=DYNAMIC AUTO_INCREMENT=77""");
        BOTH.put("indexes", """
                (id INT NOT NULL, name VARCHAR(40) NOT NULL, body TEXT, place POINT NOT NULL, price INT, other INT,
                 PRIMARY KEY (id), UNIQUE KEY by_name (name DESC, price), KEY pre (body(10), other),
                 KEY `b``tree` (price) USING BTREE COMMENT 'i`v', FULLTEXT KEY words (body), SPATIAL KEY place (place),
                 CONSTRAINT positive CHECK (price > 0), CONSTRAINT `it's` CHECK (name <> 'it''s (not)'))""");
        BOTH.put("ranges", """
                (id INT NOT NULL, y INT NOT NULL, PRIMARY KEY (id, y))
                PARTITION BY RANGE (y) SUBPARTITION BY HASH (id) SUBPARTITIONS 2
                (PARTITION p0 VALUES LESS THAN (10) COMMENT = 'low', PARTITION p1 VALUES LESS THAN MAXVALUE)""");
        BOTH.put("lists", """
                (id INT NOT NULL, c VARCHAR(9) NOT NULL, PRIMARY KEY (id, c)) CHARSET latin1
                PARTITION BY LIST COLUMNS (c) (PARTITION p0 VALUES IN ('a', 'b'), PARTITION p1 VALUES IN (''))""");
        BOTH.put("keys", "(id INT PRIMARY KEY) PARTITION BY LINEAR KEY (id) PARTITIONS 3");
        BOTH.put(
                "compressed", "(id INT PRIMARY KEY, t TEXT) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8 STATS_PERSISTENT=0");
        BOTH.put("isam", "(id INT PRIMARY KEY, b TEXT, FULLTEXT (b)) ENGINE=MyISAM MAX_ROWS=100 CHECKSUM=1");
        BOTH.put("memory", "(id INT PRIMARY KEY, b VARCHAR(20), KEY (b) USING HASH) ENGINE=MEMORY");
        BOTH.put(
                "charset",
                "(id VARCHAR(9) PRIMARY KEY, b VARCHAR(9) CHARACTER SET utf8mb4) CHARSET ucs2 COLLATE ucs2_bin");
        MYSQL.put("mysql_columns", """
                (id INT PRIMARY KEY, place POINT NOT NULL SRID 4326, d JSON DEFAULT (JSON_OBJECT('a', '`b`')),
                 u BINARY(16) DEFAULT (UUID_TO_BIN(UUID())), low VARCHAR(20) COLLATE utf8mb4_sv_0900_as_cs,
                 kept INT GENERATED ALWAYS AS (id + 1) STORED NOT NULL, v VECTOR(3),
                 KEY func ((lower(low)), ((id * 2)) DESC), KEY inv (low) INVISIBLE, SPATIAL KEY place (place),
                 KEY many ((CAST(d->'$.a' AS UNSIGNED ARRAY))), FULLTEXT KEY ft (low) WITH PARSER ngram,
                 CONSTRAINT lax CHECK (id < 1000) NOT ENFORCED)""");
        MYSQL.put("compressed_pages", "(id INT PRIMARY KEY, t TEXT) COMPRESSION='zlib' ENCRYPTION='N'");
        MARIADB.put("mariadb_columns", """
                (id INT PRIMARY KEY, u UUID DEFAULT UUID(), c4 INET4, c6 INET6, v VARCHAR(100) COMPRESSED,
                 price INT CHECK (price > 0), d JSON DEFAULT JSON_OBJECT('a', 1), t TEXT DEFAULT 'abc',
                 low VARCHAR(20) COLLATE utf8mb4_uca1400_swedish_nopad_as_cs, KEY ign (low) IGNORED,
                 UNIQUE KEY whole (t), CHECK (id < 1000))""");
        MARIADB.put("aria", "(id INT PRIMARY KEY, b TEXT) ENGINE=Aria TRANSACTIONAL=1 PAGE_CHECKSUM=1");
        MARIADB.put("pages", "(id INT PRIMARY KEY, b TEXT) PAGE_COMPRESSED=1");
    }

    private static final Map<String, List<String>> KEYS =
            Map.of("ranges", List.of("id", "y"), "lists", List.of("id", "c"));
    /** Staged and swapped: the definition goes by CREATE TABLE … LIKE. */
    private static final Set<String> REFRESHED = Set.of("charset", "memory", "keys", "ranges", "isam");

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private boolean isMariaDb() throws Exception {
        return String.valueOf(scenario.source().values("SELECT VERSION()").get(0))
                .contains("MariaDB");
    }

    /** SHOW CREATE TABLE without the counter and the columns that loaders add, its indexes in the order of their words. */
    private static List<String> definition(Database database, String table) throws Exception {
        String statement = String.valueOf(
                database.rows("SHOW CREATE TABLE " + Sql.name(table)).get(0).get(1));
        List<String> lines = statement
                .replaceFirst(" AUTO_INCREMENT=\\d+", "")
                // which the collation says anyway; MySQL prints it where it was once written
                .replaceAll(" CHARACTER SET \\w+(?= COLLATE )", "")
                .lines()
                .filter(line -> !line.startsWith("  `_dlt_load_id` ") && !line.startsWith("  `_dlt_id` "))
                .map(line -> line.replaceFirst(",$", ""))
                .toList();
        Predicate<String> isIndex = line -> line.matches("  ((UNIQUE|SPATIAL|FULLTEXT) )?KEY .*");
        return Stream.concat(
                        lines.stream().filter(isIndex.negate()),
                        lines.stream().filter(isIndex).sorted())
                .toList();
    }

    /**
     * Copies these tables to another kind of server, which refuses one of them.
     *
     * @param statements by the table's name; one is called {@code most} and differs a little on the other server
     * @return the definition of {@code most} there
     */
    static String copyAllBut(Scenario scenario, String refused, String reason, Map<String, String> statements)
            throws Exception {
        List<Table> tables = create(scenario.source(), statements);
        scenario.sync(tables.toArray(Table[]::new));
        Service extractor = scenario.extractor();
        Service loader = scenario.loader().awaitReady();
        extractor.awaitReady();
        scenario.awaitEqual(
                tables.stream().filter(each -> !each.name().equals(refused)).toArray(Table[]::new));
        Table halted = table(refused, "id");
        scenario.eventually("the table is refused", () -> {
            assertThat(loader.status(halted).path("phase").asText()).isEqualTo("halted");
            assertThat(loader.status(halted).path("lastError").asText()).contains(reason);
        });
        assertThat(loader.output()).containsOnlyOnce("not as at the source table=most ");
        awaitIndexes(scenario);
        return String.valueOf(
                scenario.target().rows("SHOW CREATE TABLE most").get(0).get(1));
    }

    /** They come behind the rows. */
    private static void awaitIndexes(Scenario scenario) {
        scenario.eventually(
                "all indexes are there",
                () -> assertThat(scenario.target().count("_syncline_index")).isZero());
    }

    /** Makes these tables, some with rows; half of them are refreshed in full. */
    static List<Table> create(Database source, Map<String, String> statements) throws SQLException {
        List<Table> tables = new ArrayList<>();
        for (Map.Entry<String, String> each : statements.entrySet()) {
            source.run("CREATE TABLE " + Sql.name(each.getKey()) + " " + each.getValue());
            Table made = table(
                    each.getKey(),
                    KEYS.getOrDefault(each.getKey(), List.of("id")).toArray(String[]::new));
            tables.add(REFRESHED.contains(each.getKey()) ? made : made.modifier("id"));
        }
        source.run(
                "INSERT INTO columns (name) VALUES ('Ann'), ('Bob')",
                "INSERT INTO ranges VALUES (1, 5), (2, 50)",
                "INSERT INTO lists VALUES (1, 'b')",
                "INSERT INTO memory VALUES (1, 'x')");
        return tables;
    }

    @Test
    void aTableThatIsMadeIsTheTableThatTheSourceHas() throws Exception {
        Map<String, String> statements = new LinkedHashMap<>(BOTH);
        statements.putAll(isMariaDb() ? MARIADB : MYSQL);
        List<Table> tables = create(scenario.source(), statements);
        if (!isMariaDb()) {
            scenario.source()
                    .run(
                            "SET sql_generate_invisible_primary_key = ON",
                            "CREATE TABLE gipk (a INT, b INT)",
                            "INSERT INTO gipk (a) VALUES (1), (1)");
            tables.add(table("gipk", "my_row_id").modifier("my_row_id"));
        }
        scenario.sync(tables.toArray(Table[]::new));
        scenario.run();
        scenario.awaitEqual();
        awaitIndexes(scenario);
        for (Table each : tables) {
            assertThat(definition(scenario.target(), each.name()))
                    .as(each.name())
                    .isEqualTo(definition(scenario.source(), each.name()));
        }
    }

    @Test
    void whatSpeaksOfAColumnThatDoesNotTravelIsLeftOut() throws Exception {
        scenario.source()
                .run(
                        """
                        CREATE TABLE secretive (id INT NOT NULL, secret INT NOT NULL, name VARCHAR(20),
                          more INT GENERATED ALWAYS AS (secret + 1) STORED, less INT GENERATED ALWAYS AS (id - 1) VIRTUAL,
                          PRIMARY KEY (id, secret), UNIQUE KEY (id, name), UNIQUE KEY whole (id), KEY hidden (secret),
                          KEY shown (name), CONSTRAINT no CHECK (secret > 0), CONSTRAINT yes CHECK (name <> 'secret'))""",
                        "INSERT INTO secretive (id, secret, name) VALUES (1, 5, 'a'), (2, 6, 'b')",
                        "CREATE TABLE plain (id INT PRIMARY KEY, secret INT, v INT DEFAULT (1 + 1))",
                        "INSERT INTO plain VALUES (1, 5, 5), (2, 6, 6)");
        Map<String, List<String>> secret = Map.of("exclude", List.of("secret"));
        scenario.sync(
                table("secretive", "id").with("columns", secret),
                table("plain", "id").with("columns", secret));
        Service loader = runBoth();
        scenario.awaitEqual();
        assertThat(String.join("\n", definition(scenario.target(), "secretive")))
                .contains("KEY `shown`", "`name` <> ", "`less` int", "`more` int")
                .doesNotContain("`secret`", "STORED");
        assertThat(loader.output()).contains("not as at the source table=secretive");
        scenario.source().run("INSERT INTO secretive (id, secret, name) VALUES (3, 7, 'c')");
        scenario.awaitEqual();
    }

    private Service runBoth() {
        Service extractor = scenario.extractor();
        Service loader = scenario.loader().awaitReady();
        extractor.awaitReady();
        return loader;
    }

    @Test
    void foreignKeysComeWhenAllTablesAreCopiedAndHinderNoRow() throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE codes (code INT PRIMARY KEY, name VARCHAR(20))",
                        """
                        CREATE TABLE parents (id INT PRIMARY KEY, v INT, at INT NOT NULL, boss INT, KEY (at),
                          CONSTRAINT bosses FOREIGN KEY (boss) REFERENCES parents (id))""",
                        """
                        CREATE TABLE children (id INT PRIMARY KEY, parent INT, code INT, at INT NOT NULL, KEY (at),
                          CONSTRAINT `par``ents` FOREIGN KEY (parent) REFERENCES parents (id) ON DELETE CASCADE,
                          CONSTRAINT codes FOREIGN KEY (code) REFERENCES codes (code) ON DELETE CASCADE ON UPDATE CASCADE)""",
                        "INSERT INTO codes VALUES (1, 'one'), (2, 'two')",
                        "INSERT INTO parents VALUES (1, 1, 1, NULL)",
                        "INSERT INTO parents SELECT n + 1, n, 1, 1 FROM " + Sql.numbers(299),
                        "INSERT INTO children SELECT n, 1 + n % 300, 1 + n % 2, 1 FROM " + Sql.numbers(600));
        scenario.set("TOPIC_PARTITIONS", "3");
        Table codes = table("codes", "code").with("target_table", "code_list");
        Table parents = table("parents", "id").modifier("at").with("foreign_keys", "copy");
        Table children = table("children", "id").modifier("at").with("foreign_keys", "copy");
        scenario.sync(codes, parents, children);
        scenario.run();
        scenario.awaitEqual();
        List<String> expected = foreignKeys(scenario.source()).stream()
                .map(key -> key.replace("REFERENCES `codes`", "REFERENCES `code_list`"))
                .toList();
        scenario.eventually(
                "the foreign keys are there",
                () -> assertThat(foreignKeys(scenario.target())).isEqualTo(expected));

        // parents and children travel in no order, and the table that others reference is refreshed in full
        scenario.source()
                .run(
                        "INSERT INTO codes VALUES (3, 'three')",
                        "UPDATE codes SET name = 'uno' WHERE code = 1",
                        "INSERT INTO parents VALUES (1000, 1, 2, 1), (1001, 1, 2, 1000)",
                        "INSERT INTO children SELECT 1000 + n, 1000, 3, 2 FROM " + Sql.numbers(300),
                        "UPDATE parents SET v = v + 1, at = 2 WHERE id < 100");
        scenario.awaitEqual();
        assertThat(foreignKeys(scenario.target())).isEqualTo(expected);
    }

    private static List<String> foreignKeys(Database database) throws Exception {
        List<String> keys = new ArrayList<>();
        for (String table : List.of("parents", "children")) {
            definition(database, table).stream()
                    .filter(line -> line.contains(" FOREIGN KEY "))
                    .map(line -> line.replaceFirst(",$", ""))
                    .forEach(keys::add);
        }
        return keys;
    }

    @Test
    void aTableThatTheUserMadeIsTakenAsItIsOrReportedWithWhatMendsIt() throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE fits (id INT PRIMARY KEY, a VARCHAR(10) CHARACTER SET latin1, b DECIMAL(10,2), c INT)",
                        "INSERT INTO fits VALUES (1, 'é', 1.5, 1), (2, NULL, NULL, NULL)",
                        "CREATE TABLE fits_too LIKE fits",
                        "INSERT INTO fits_too SELECT * FROM fits",
                        "CREATE TABLE narrow (id INT PRIMARY KEY, v BIGINT, w VARCHAR(50) NULL)",
                        "INSERT INTO narrow VALUES (1, 5000000000, NULL)",
                        "CREATE TABLE coarse (k VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PRIMARY KEY, v INT)",
                        "INSERT INTO coarse VALUES ('a', 1), ('A', 2)");
        scenario.target()
                .run(
                        "CREATE TABLE fits (more INT, c BIGINT, b DECIMAL(20,2), _dlt_id TEXT, KEY (b),"
                                + " a TEXT CHARACTER SET utf8mb4, id BIGINT PRIMARY KEY)",
                        "CREATE TABLE fits_too LIKE fits",
                        "INSERT INTO fits_too (id, more) VALUES (1, 77)",
                        "CREATE TABLE narrow (id INT PRIMARY KEY, v INT, w VARCHAR(10) NOT NULL)",
                        "CREATE TABLE coarse (k VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PRIMARY KEY, v INT)");
        Table fits = table("fits", "id");
        Table fitsToo = table("fits_too", "id").modifier("id");
        Table narrow = table("narrow", "id");
        Table coarse = table("coarse", "k");
        scenario.sync(fits, fitsToo, narrow, coarse);
        Service loader = runBoth();
        scenario.awaitEqual(fits, fitsToo);
        assertThat(scenario.target().values("SELECT more FROM fits_too WHERE id = 1"))
                .containsExactly("77");
        mend(loader, narrow, "v is int", "w is varchar(10) in");
        mend(loader, coarse, "k belongs to the key and is in the collation utf8mb4_general_ci");
        scenario.awaitEqual();
        assertThat(scenario.topics().committed(scenario.topics().rejects())).isZero();
    }

    /** Waits for the table's halt, and does what its message says. */
    private void mend(Service loader, Table table, String... reasons) throws Exception {
        scenario.eventually(
                table.name() + " halts",
                () -> assertThat(loader.status(table).path("phase").asText()).isEqualTo("halted"));
        String error = loader.status(table).path("lastError").asText();
        assertThat(error).contains(reasons).contains("ALTER TABLE");
        scenario.target()
                .run(error.substring(error.indexOf("ALTER TABLE")).replaceFirst(", or have the loader do it .*", ""));
    }

    @Test
    void aWidenedTypeIsWidenedAtTheTargetOrHaltsTheTable() throws Exception {
        for (String name : List.of("widens", "halts")) {
            scenario.source()
                    .run(
                            "CREATE TABLE " + name
                                    + " (id INT PRIMARY KEY, n INT NOT NULL, t VARCHAR(10), e ENUM('a','b'),"
                                    + " s INT, at INT NOT NULL, KEY (at), KEY (t))",
                            "INSERT INTO " + name + " VALUES (1, 1, 'x', 'a', 1, 1)");
        }
        scenario.source().run("CREATE TABLE other (id INT PRIMARY KEY)", "INSERT INTO other VALUES (1)");
        Table widens = table("widens", "id").modifier("at").with("schema_changes", "widen");
        Table halts = table("halts", "id").modifier("at");
        Table other = table("other", "id");
        scenario.sync(widens, halts, other);
        scenario.set("TOPIC_PARTITIONS", "2");
        Service loader = runBoth();
        scenario.awaitEqual();
        for (String name : List.of("widens", "halts")) {
            scenario.source()
                    .run(
                            "ALTER TABLE " + name + " MODIFY n BIGINT NULL DEFAULT 6, MODIFY t VARCHAR(50),"
                                    + " MODIFY e ENUM('a','b','c''d'), MODIFY s SMALLINT",
                            "INSERT INTO " + name + " VALUES (2, 5000000000, 'more than ten characters', 'c''d', 2, 2)",
                            "INSERT INTO " + name + " VALUES (3, NULL, 'x', 'a', 3, 3)");
        }
        scenario.source().run("INSERT INTO other VALUES (2)");
        scenario.awaitEqual(widens, other);
        assertThat(String.join("\n", definition(scenario.target(), "widens")))
                .contains("`n` bigint", "`t` varchar(50)", "'c''d'")
                .as("narrowing changes nothing")
                .doesNotContain("smallint");
        mend(loader, halts, "n is int", "t is varchar(10) in", "e is enum('a','b') in");
        scenario.awaitEqual();
        assertThat(scenario.topics().committed(scenario.topics().rejects())).isZero();
    }
}
