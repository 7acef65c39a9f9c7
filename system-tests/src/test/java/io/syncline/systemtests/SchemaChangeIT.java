package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Database;
import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables that the target does not have, and columns that come and go while the services run. */
class SchemaChangeIT {

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table people = table("people", "id").modifier("updated_at");
    private final Table flags = table("flags", "id");
    private @Nullable Service extractor;
    private @Nullable Service loader;

    private void create() throws Exception {
        scenario.source()
                .run(
                        """
                        CREATE TABLE people (
                          id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'it''s the key',
                          name VARCHAR(40) CHARACTER SET latin1 NOT NULL DEFAULT 'nobody',
                          mood ENUM('good','bad') NULL DEFAULT 'good',
                          score DECIMAL(12,4) NOT NULL DEFAULT 0.5,
                          updated_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
                          PRIMARY KEY (id), UNIQUE KEY by_name (name), KEY by_update (updated_at, mood)) COMMENT='folk'""",
                        "INSERT INTO people (name) VALUES ('Ann'), ('Bob'), ('Çelik')",
                        "CREATE TABLE flags (id INT PRIMARY KEY, v INT NOT NULL)",
                        "INSERT INTO flags VALUES (1, 1)");
        scenario.sync(people, flags);
        extractor = scenario.extractor();
        loader = scenario.loader().awaitReady();
        extractor.awaitReady();
        scenario.awaitEqual();
    }

    @Test
    void aMissingTableIsMadeFromTheSourcesDefinition() throws Exception {
        create();
        String columns = """
                SELECT column_name, column_type, is_nullable, column_default, extra, column_comment, column_key,
                       character_set_name
                  FROM information_schema.columns
                 WHERE table_schema = DATABASE() AND table_name = 'people' AND column_name NOT LIKE '\\_dlt%'
                 ORDER BY ordinal_position""";
        assertThat(scenario.target().rows(columns)).isEqualTo(scenario.source().rows(columns));
        String indexes = """
                SELECT index_name, seq_in_index, column_name, non_unique FROM information_schema.statistics
                 WHERE table_schema = DATABASE() AND table_name = 'people' ORDER BY 1, 2""";
        assertThat(scenario.target().rows(indexes)).isEqualTo(scenario.source().rows(indexes));
    }

    @Test
    void anAddedColumnArrivesWithoutAnyRowChange() throws Exception {
        create();
        scenario.source()
                .run(
                        "ALTER TABLE people ADD COLUMN phone VARCHAR(20) NULL AFTER name",
                        "ALTER TABLE flags ADD COLUMN note TEXT NULL");
        scenario.eventually(
                "the column is there",
                () -> assertThat(scenario.target()
                                .values(
                                        "SELECT column_type FROM information_schema.columns WHERE table_schema = DATABASE()"
                                                + " AND table_name = 'people' AND column_name = 'phone'"))
                        .containsExactly("varchar(20)"));
        scenario.awaitEqual();

        // a default fills the column of old rows although their modifiers stay
        scenario.source()
                .run(
                        "ALTER TABLE people ADD COLUMN visits INT UNSIGNED NOT NULL DEFAULT 7 FIRST",
                        "UPDATE people SET phone = '1234' WHERE name = 'Ann'",
                        "UPDATE flags SET note = 'é'");
        scenario.awaitEqual();
    }

    @Test
    void aColumnAddedAndFilledWithoutMovingTheModifierArrivesFilled() throws Exception {
        create();
        scenario.source()
                .run(
                        "ALTER TABLE people ADD COLUMN nick VARCHAR(20) NULL, ADD COLUMN age INT NOT NULL",
                        "UPDATE people SET nick = CONCAT(name, 'y'), updated_at = updated_at");
        scenario.awaitEqual();
    }

    @Test
    void aDroppedColumnNeverBlocksRows() throws Exception {
        create();
        scenario.target()
                .run("ALTER TABLE people MODIFY score DECIMAL(12,4) NOT NULL", "ALTER TABLE flags ADD COLUMN w INT");
        scenario.source()
                .run(
                        "ALTER TABLE people DROP COLUMN score, DROP COLUMN mood",
                        "INSERT INTO people (name) VALUES ('Dee')",
                        "UPDATE people SET name = 'Eve' WHERE name = 'Ann'",
                        "ALTER TABLE flags ADD COLUMN extra INT NOT NULL",
                        "INSERT INTO flags VALUES (2, 2, 2)");
        scenario.awaitEqual();
        scenario.source().run("ALTER TABLE flags DROP COLUMN v", "INSERT INTO flags VALUES (3, 3)");
        scenario.awaitEqual();
        assertThat(scenario.target()
                        .values("SELECT column_name FROM information_schema.columns WHERE"
                                + " table_schema = DATABASE() AND table_name IN ('people', 'flags')"))
                .as("columns stay at the target")
                .containsAll(List.of("score", "mood", "v", "w"));
    }

    @Test
    void columnsAddedInTheMiddleOfACopyAndOfARefreshArrive() throws Exception {
        Table copied = table("copied", "id").modifier("at");
        Table refreshed = table("refreshed", "id");
        for (String name : List.of("copied", "refreshed")) {
            scenario.source()
                    .run(
                            "CREATE TABLE " + name
                                    + " (id INT PRIMARY KEY, filler VARCHAR(200), at INT NOT NULL, KEY (at))",
                            "INSERT INTO " + name + " SELECT n, REPEAT('x', 200), 1 FROM " + Sql.numbers(5000));
        }
        scenario.set("FETCH_LIMIT", "50");
        scenario.sync(copied, refreshed);
        scenario.run();
        scenario.eventually(
                "the copy is under way",
                () -> assertThat(scenario.target().count("copied")).isPositive());
        String twenty = IntStream.range(0, 20)
                .mapToObj(n -> "ADD COLUMN n" + n
                        + (n % 3 == 0
                                ? " VARCHAR(20) NOT NULL DEFAULT 'it''s' FIRST"
                                : n % 3 == 1 ? " INT NOT NULL AFTER id" : " DATE NULL"))
                .collect(Collectors.joining(", "));
        // by hand before, and in another place
        scenario.target().run("ALTER TABLE copied ADD COLUMN n2 DATE NULL FIRST");
        scenario.source().run("ALTER TABLE copied " + twenty, "ALTER TABLE refreshed " + twenty);
        scenario.source()
                .run(
                        "UPDATE copied SET n1 = id, n2 = '2024-02-29' WHERE id % 7 = 0",
                        "UPDATE refreshed SET n1 = id WHERE id % 7 = 0");
        scenario.awaitEqual();
        String order = "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE()"
                + " AND table_name = 'refreshed' AND column_name NOT LIKE '\\_dlt%' ORDER BY ordinal_position";
        assertThat(scenario.target().values(order)).isEqualTo(scenario.source().values(order));
    }

    @Test
    void aColumnOfAnyDefinitionMayBeAdded() throws Exception {
        create();
        scenario.source()
                .run(
                        "ALTER TABLE people ADD COLUMN place POINT NULL, ADD COLUMN doc JSON NULL,"
                                + " ADD COLUMN day DATE NOT NULL, ADD COLUMN bytes BLOB NOT NULL, ADD COLUMN kind ENUM('x','y') NOT NULL,"
                                + " ADD COLUMN twice DECIMAL(14,4) GENERATED ALWAYS AS (score * 2) VIRTUAL AFTER id,"
                                + " ADD COLUMN made VARCHAR(60) GENERATED ALWAYS AS (CONCAT(name, '!')) STORED,"
                                + " ADD COLUMN hidden INT INVISIBLE DEFAULT (1 + 2) COMMENT 'it''s', ADD CHECK (hidden > 0)",
                        "UPDATE people SET doc = '[1]', place = ST_GeomFromText('POINT(1 2)')",
                        "ALTER TABLE people MODIFY place POINT NOT NULL",
                        "ALTER TABLE flags ADD COLUMN counter INT NOT NULL AUTO_INCREMENT, ADD KEY (counter),"
                                + " ADD COLUMN place POINT NULL",
                        "INSERT INTO people (name, doc, day, bytes, place)"
                                + " VALUES ('Dee', '{}', '2024-01-01', '', ST_GeomFromText('POINT(3 4)'))",
                        "INSERT INTO flags (id, v) VALUES (5, 5)");
        scenario.awaitEqual();
    }

    @Test
    void aRenamedColumnIsANewOneAndTheOldOneNeverBlocks() throws Exception {
        create();
        scenario.source()
                .run(
                        "ALTER TABLE people CHANGE score points DECIMAL(12,4) NOT NULL, CHANGE mood feeling ENUM('good','bad')",
                        "INSERT INTO people (name, points) VALUES ('Dee', 4.5)",
                        "ALTER TABLE flags CHANGE v w INT NOT NULL",
                        "INSERT INTO flags VALUES (2, 2)");
        scenario.awaitEqual();
        assertThat(scenario.target().values("SHOW COLUMNS FROM people")).contains("score", "mood", "points");
        assertThat(scenario.target().values("SHOW COLUMNS FROM flags")).contains("v", "w");
    }

    @Test
    void renamedAndSwappedColumnsOfARefreshedTableArriveFilledWithoutAnyRowChange() throws Exception {
        create();
        scenario.source().run("ALTER TABLE flags CHANGE v w INT NOT NULL");
        scenario.awaitEqual();
        scenario.source().run("ALTER TABLE flags ADD COLUMN u INT NOT NULL AFTER id", "UPDATE flags SET u = 7");
        scenario.awaitEqual();
        scenario.source().run("ALTER TABLE flags CHANGE u w INT NOT NULL, CHANGE w u INT NOT NULL");
        scenario.awaitEqual();
        assertThat(scenario.target().values("SELECT CONCAT(u, ' ', w) FROM flags"))
                .containsExactly("1 7");
    }

    @Test
    void aTableThatIsRenamedOrDroppedHaltsAndComesBackUnderItsName() throws Exception {
        create();
        Service extractor = extractor();
        scenario.source().run("RENAME TABLE people TO folk", "DROP TABLE flags");
        for (Table each : List.of(people, flags)) {
            scenario.eventually(each.name() + " halts", () -> {
                assertThat(extractor.status(each).path("phase").asText()).isEqualTo("halted");
                assertThat(extractor.status(each).path("lastError").asText()).contains("there is no table");
            });
        }
        assertThat(scenario.target().count("people")).isEqualTo(3);
        assertThat(scenario.target().count("flags")).isEqualTo(1);
        scenario.source()
                .run(
                        "RENAME TABLE folk TO people",
                        "INSERT INTO people (name) VALUES ('Dee')",
                        "CREATE TABLE flags (id INT PRIMARY KEY, more TEXT, v INT NOT NULL)",
                        "INSERT INTO flags VALUES (7, 'seven', 7)");
        scenario.awaitEqual();
    }

    private Service extractor() {
        return Objects.requireNonNull(extractor);
    }

    private Service loader() {
        return Objects.requireNonNull(loader);
    }

    @Test
    void aTableThatIsSwappedByAToolIsFollowedWithAllWritesAround() throws Exception {
        create();
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<Exception> failure = new AtomicReference<>();
        Thread writer = new Thread(() -> {
            try (Connection connection = scenario.source().connect()) {
                for (int n = 0; !over.get(); n++) {
                    synchronized (over) {
                        Database.run(
                                connection,
                                "INSERT INTO people (name) VALUES ('n" + n + "')",
                                "UPDATE people SET mood = 'bad' WHERE name = 'n" + n / 2 + "'",
                                "INSERT INTO flags (id, v) VALUES (" + (n + 10) + ", 1)");
                    }
                }
            } catch (Exception e) {
                failure.set(e);
            }
        });
        writer.start();
        try {
            for (String column : List.of("phone", "fax")) {
                synchronized (over) {
                    swap("people", "ADD COLUMN " + column + " VARCHAR(20) NOT NULL DEFAULT 'none' AFTER id");
                    swap("flags", "ADD COLUMN " + column + " INT NULL FIRST");
                }
                scenario.eventually(
                        column + " arrives",
                        () -> assertThat(scenario.target().values("SHOW COLUMNS FROM people"))
                                .contains(column));
                // at the moment of any page's read
                scenario.source().run("ALTER TABLE people ADD COLUMN gone INT", "ALTER TABLE people DROP COLUMN gone");
            }
        } finally {
            over.set(true);
            writer.join();
        }
        assertThat(failure.get()).isNull();
        scenario.source().run("UPDATE people SET name = 'last' WHERE id = 1");
        scenario.awaitEqual();
    }

    /** As gh-ost and pt-online-schema-change do: a new table is filled and takes the name while nobody can write. */
    private void swap(String table, String change) throws Exception {
        scenario.source().run("CREATE TABLE `_gho` LIKE " + table, "ALTER TABLE `_gho` " + change);
        String columns = String.join(", ", scenario.source().values("SHOW COLUMNS FROM " + table));
        scenario.source()
                .run(
                        "INSERT INTO `_gho` (" + columns + ") SELECT " + columns + " FROM " + table,
                        "RENAME TABLE " + table + " TO `_del`, `_gho` TO " + table,
                        "DROP TABLE `_del`");
    }

    /** Or else all new rows would meet in one value, and be one. */
    @Test
    void aDroppedColumnOfAUniqueIndexNeverMakesOneOfTwoNewRows() throws Exception {
        Table users = table("users", "id").modifier("at");
        Table seats = table("seats", "id").modifier("at");
        Table whole = table("whole", "id");
        for (Table each : List.of(users, whole)) {
            scenario.source()
                    .run(
                            "CREATE TABLE " + each.name() + " (id INT PRIMARY KEY, email VARCHAR(50) NOT NULL,"
                                    + " code INT NOT NULL DEFAULT 5, at INT NOT NULL, KEY (at), UNIQUE (email), UNIQUE (code))",
                            "INSERT INTO " + each.name() + " VALUES (1, 'a@b', 1, 1), (2, 'c@d', 2, 1)");
        }
        scenario.source()
                .run(
                        "CREATE TABLE seats (id INT PRIMARY KEY, hall INT NOT NULL, place INT NOT NULL, price INT NOT NULL,"
                                + " at INT NOT NULL, KEY (at), UNIQUE (hall, place), CONSTRAINT paid CHECK (price > 0))",
                        "INSERT INTO seats VALUES (1, 1, 1, 1, 1), (2, 1, 2, 1, 1)");
        scenario.sync(users, seats, whole);
        scenario.run();
        scenario.awaitEqual();
        scenario.source()
                .run(
                        "ALTER TABLE users DROP COLUMN email, DROP COLUMN code",
                        "ALTER TABLE whole DROP COLUMN email, DROP COLUMN code",
                        "ALTER TABLE seats DROP INDEX hall, DROP COLUMN place, DROP CONSTRAINT paid, DROP COLUMN price",
                        "INSERT INTO users VALUES (3, 2), (4, 2), (5, 2)",
                        "INSERT INTO whole VALUES (3, 2), (4, 2), (5, 2)",
                        "INSERT INTO seats VALUES (3, 1, 2), (4, 1, 2), (5, 1, 2)");
        scenario.awaitEqual();
        assertThat(scenario.target().values("SELECT email FROM users WHERE id < 3 ORDER BY id"))
                .containsExactly("a@b", "c@d");
        assertThat(scenario.topics().committed(scenario.topics().rejects())).isZero();
    }

    @Test
    void aDroppedColumnOfAnyTypeNeverBlocksRows() throws Exception {
        List<TypeColumn> columns = new ArrayList<>(TypeColumn.shared());
        columns.addAll(TypeColumn.members());
        columns.addAll(scenario.source().isMariaDb() ? TypeColumn.ofMariaDb() : TypeColumn.ofMySql());
        String definitions = columns.stream()
                .map(column -> Sql.name(column.name()) + " "
                        + column.definition().replaceFirst("( NOT)? NULL.*", "") + " NOT NULL")
                .collect(Collectors.joining(", "));
        Table dropping = table("dropping", "id").modifier("at");
        Table whole = table("whole", "id");
        for (Table each : List.of(dropping, whole)) {
            scenario.source()
                    .run("CREATE TABLE " + each.name() + " (id INT PRIMARY KEY, at INT NOT NULL, KEY (at), "
                            + definitions + ")");
        }
        scenario.sync(dropping, whole);
        scenario.run();
        scenario.awaitEqual();
        for (Table each : List.of(dropping, whole)) {
            scenario.source()
                    .run(
                            "ALTER TABLE " + each.name() + " "
                                    + columns.stream()
                                            .map(column -> "DROP COLUMN " + Sql.name(column.name()))
                                            .collect(Collectors.joining(", ")),
                            "INSERT INTO " + each.name() + " VALUES (1, 1), (2, 1)");
        }
        scenario.awaitEqual();
        assertThat(scenario.target().count("dropping")).isEqualTo(2);
        assertThat(scenario.topics().committed(scenario.topics().rejects())).isZero();
    }

    @Test
    void onlyATableWhoseAddedColumnsHoldMoreThanTheirDefinitionsSayIsCopiedAnew() throws Exception {
        create();
        Service extractor = extractor();
        String tableId = tableId();
        scenario.source()
                .run("ALTER TABLE people ADD COLUMN a INT NOT NULL, ADD COLUMN b VARCHAR(20) NOT NULL, ADD COLUMN d"
                        + " ENUM('x','y') NOT NULL FIRST, ADD COLUMN e DOUBLE NOT NULL, ADD COLUMN f VARCHAR(20) CHARACTER SET"
                        + " latin1 NOT NULL DEFAULT 'none', ADD COLUMN g BIT(3) NOT NULL DEFAULT b'101', ADD COLUMN h"
                        + " DECIMAL(9,3) NULL, ADD COLUMN i TIME NOT NULL AFTER id, ADD COLUMN j BINARY(4) NOT NULL,"
                        + " ADD COLUMN k SET('x') NOT NULL, ADD COLUMN l YEAR NOT NULL, ADD COLUMN n BLOB NOT NULL");
        scenario.awaitEqual();
        assertThat(tableId()).as("the target's table was not rebuilt").isEqualTo(tableId);
        // for these MySQL rebuilds it
        scenario.source().run("ALTER TABLE people ADD COLUMN c DATE NOT NULL, ADD COLUMN m DATETIME NOT NULL");
        scenario.awaitEqual();
        scenario.awaitPasses(extractor, people, 2);
        assertThat(extractor.output()).doesNotContain("copying anew");
        // its collation takes the two for one
        scenario.source()
                .run(
                        "ALTER TABLE people ADD COLUMN word VARCHAR(20) CHARACTER SET latin1 NOT NULL DEFAULT 'none'",
                        "UPDATE people SET word = 'None', updated_at = updated_at WHERE name = 'Bob'");
        scenario.awaitEqual();
        assertThat(extractor.output()).contains("copying anew");
    }

    /** A server gives a table another one when it has to be copied. */
    private String tableId() throws Exception {
        String catalogue = scenario.target().isMariaDb() ? "INNODB_SYS_TABLES" : "INNODB_TABLES";
        return String.valueOf(scenario.target()
                .values("SELECT TABLE_ID FROM information_schema." + catalogue
                        + " WHERE NAME = CONCAT(DATABASE(), '/people')")
                .get(0));
    }

    @Test
    void aColumnAddedAtTheTargetBeforeIsTakenAsItIs() throws Exception {
        create();
        scenario.target()
                .run(
                        "ALTER TABLE people ADD COLUMN visits BIGINT NOT NULL DEFAULT 7 FIRST, ADD COLUMN note TEXT CHARACTER SET utf8mb4");
        scenario.source()
                .run(
                        "ALTER TABLE people ADD COLUMN visits INT NOT NULL DEFAULT 7, ADD COLUMN note VARCHAR(20) NULL",
                        "UPDATE people SET note = 'ö', updated_at = updated_at WHERE name = 'Bob'",
                        "INSERT INTO people (name) VALUES ('Dee')");
        scenario.awaitEqual();
        assertThat(scenario.target().values("SHOW COLUMNS FROM people")).startsWith("visits");
    }

    @Test
    void anAddedColumnThatIsComputedFromOneThatDoesNotTravelArrivesFilled() throws Exception {
        Table secretive = table("secretive", "id").modifier("at").with("columns", Map.of("exclude", List.of("secret")));
        scenario.source()
                .run(
                        "CREATE TABLE secretive (id INT PRIMARY KEY, secret INT NOT NULL, at INT NOT NULL, KEY (at))",
                        "INSERT INTO secretive VALUES (1, 5, 1), (2, 6, 100)");
        scenario.sync(secretive);
        scenario.run();
        scenario.awaitEqual();
        scenario.source().run("ALTER TABLE secretive ADD COLUMN more INT GENERATED ALWAYS AS (secret + 1) STORED");
        scenario.awaitEqual();
    }

    @Test
    void aColumnThatIsComputedInAnotherWayIsSoAtTheTargetOrHaltsTheTable() throws Exception {
        Table follows = table("follows", "id").modifier("at").with("schema_changes", "widen");
        Table halts = table("halts", "id").modifier("at");
        for (Table each : List.of(follows, halts)) {
            scenario.source()
                    .run(
                            "CREATE TABLE " + each.name()
                                    + " (id INT PRIMARY KEY, net DECIMAL(9,2), at INT NOT NULL, KEY (at),"
                                    + " gross DECIMAL(9,2) GENERATED ALWAYS AS (net * 1.2) STORED,"
                                    + " half DECIMAL(9,2) GENERATED ALWAYS AS (net / 2) VIRTUAL)",
                            "INSERT INTO " + each.name() + " (id, net, at) VALUES (1, 100, 1), (2, 200, 100)");
        }
        scenario.sync(follows, halts);
        Service extractor = scenario.extractor();
        Service loader = scenario.loader().awaitReady();
        extractor.awaitReady();
        scenario.awaitEqual();
        for (Table each : List.of(follows, halts)) {
            scenario.source()
                    .run("ALTER TABLE " + each.name()
                            + " MODIFY gross DECIMAL(9,2) GENERATED ALWAYS AS (net * 1.25) STORED,"
                            + " MODIFY half DECIMAL(9,2) GENERATED ALWAYS AS (net / 2 + 1) VIRTUAL");
        }
        scenario.awaitEqual(follows);
        mend(loader, halts, "the source's as");
        scenario.awaitEqual();

        // from now on rows bring what the target has computed so far
        scenario.source()
                .run(
                        "ALTER TABLE halts MODIFY gross DECIMAL(9,2), DROP COLUMN half, ADD COLUMN half INT NULL COMMENT 'x'",
                        "UPDATE halts SET gross = 7, at = 101 WHERE id = 2",
                        "UPDATE halts SET half = 8 WHERE id = 1");
        mend(loader, halts, "rows bring its value");
        scenario.awaitEqual();
    }

    /** Waits for the table's halt, and does what its message says. */
    private void mend(Service loader, Table table, String reason) throws Exception {
        scenario.patience(Duration.ofMinutes(2));
        scenario.eventually(
                table.name() + " halts",
                () -> assertThat(loader.status(table).path("lastError").asText())
                        .contains(reason));
        String error = loader.status(table).path("lastError").asText();
        scenario.target()
                .run(error.substring(error.indexOf("ALTER TABLE")).replaceFirst(", or have the loader do it .*", ""));
    }

    @Test
    void aTableThatLosesItsKeyHaltsUntilItHasOneAgain() throws Exception {
        create();
        Service extractor = extractor();
        scenario.source().run("ALTER TABLE flags DROP PRIMARY KEY", "INSERT INTO people (name) VALUES ('Dee')");
        scenario.eventually(
                "the key is missed",
                () -> assertThat(extractor.status(flags).path("lastError").asText())
                        .contains("primary_key", "ADD UNIQUE (`id`)"));
        scenario.awaitEqual(people);
        scenario.source().run("ALTER TABLE flags ADD UNIQUE (id)", "INSERT INTO flags VALUES (2, 2)");
        scenario.awaitEqual();
    }

    @Test
    void anotherKeyInTheFileNeedsAnIndexAtTheTargetAndIsThenFollowed() throws Exception {
        create();
        extractor().terminate();
        Table byName = table("people", "name").modifier("updated_at");
        scenario.target().run("ALTER TABLE people DROP INDEX by_name");
        scenario.sync(byName, flags);
        scenario.extractor().awaitReady();
        scenario.eventually(
                "the target lacks the index",
                () -> assertThat(loader().status(byName).path("lastError").asText())
                        .contains("ADD UNIQUE (`name`)"));
        String error = loader().status(byName).path("lastError").asText();
        scenario.target().run(error.substring(error.indexOf("ALTER TABLE")));
        scenario.source().run("INSERT INTO people (name) VALUES ('Dee')");
        scenario.awaitEqual();
    }
}
