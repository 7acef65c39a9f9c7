package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Database;
import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Indexes that tables get when their rows are there: those of a first copy, and those of each refresh. */
class IndexesIT {

    private static final int ROWS = 600;

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table goods = table("goods", "id").modifier("updated_at");
    private final Table prices = table("prices", "id");

    private void createGoods() throws Exception {
        scenario.source()
                .run(
                        """
                        CREATE TABLE goods (
                          id INT PRIMARY KEY, name VARCHAR(50), code INT NOT NULL, version INT NOT NULL,
                          updated_at TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
                          UNIQUE KEY codes (code), KEY by_name (name), KEY `b``y (two` (version, name(10) DESC),
                          KEY (updated_at))""",
                        "INSERT INTO goods (id, name, code, version) SELECT n, SHA2(n, 224), n, 1 FROM "
                                + Sql.numbers(ROWS));
        scenario.sync(goods);
    }

    private void createPrices() throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE prices (id INT PRIMARY KEY, version INT NOT NULL, label VARCHAR(20) NOT NULL,"
                                + " KEY labels (label, version), KEY versions (version), UNIQUE KEY one (label))",
                        "INSERT INTO prices SELECT n, 1, n FROM " + Sql.numbers(ROWS));
        scenario.sync(prices);
    }

    /** The names of a table's indexes. */
    private List<String> indexes(String table) throws Exception {
        return scenario
                .target()
                .values("SELECT DISTINCT INDEX_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE()"
                        + " AND TABLE_NAME = '" + table + "'")
                .stream()
                .map(String::valueOf)
                .toList();
    }

    private void awaitIndexes(String table, String... names) {
        scenario.eventually(
                "the indexes are there", () -> assertThat(indexes(table)).containsExactlyInAnyOrder(names));
    }

    @Test
    void anIndexThatIsDroppedAtTheTargetStaysAway() throws Exception {
        createGoods();
        scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        awaitIndexes("goods", "PRIMARY", "codes", "by_name", "b`y (two", "updated_at");
        scenario.eventually(
                "no more are to come",
                () -> assertThat(scenario.target().count("_syncline_index")).isZero());
        assertThat(loader.output())
                .contains("created table=goods columns=5 indexes to follow=2")
                .containsOnlyOnce("altered table=goods ADD KEY `by_name` (`name`), ADD KEY `b``y (two` (");

        scenario.target().run("ALTER TABLE goods DROP INDEX by_name");
        loader.terminate();
        Service next = scenario.loader();
        scenario.source().run("UPDATE goods SET version = 2");
        scenario.awaitEqual();
        next.terminate();
        assertThat(indexes("goods")).doesNotContain("by_name");
        assertThat(next.output()).doesNotContain("altered table=goods");
    }

    @Test
    void aReaderThatStandsInTheWayOfIndexesIsNamedAndRowsGoOn() throws Exception {
        createGoods();
        // a copy long enough to begin to read in its midst
        scenario.set("FETCH_LIMIT", "2");
        Service loader = scenario.loader().awaitReady();
        scenario.extractor();
        scenario.eventually(
                "the table is made",
                () -> assertThat(scenario.target().values("SHOW TABLES")).contains("goods"));
        try (Connection reader = scenario.target().connect()) {
            reader.setAutoCommit(false);
            Database.run(reader, "SELECT COUNT(*) FROM goods");
            scenario.eventually(
                    "it says what is in the way",
                    () -> assertThat(loader.output())
                            .contains("indexes or foreign keys are not added for now table=")
                            .contains("Lock wait timeout"));
            scenario.source().run("UPDATE goods SET version = 2 WHERE id < 20");
            scenario.awaitEqual();
            assertThat(indexes("goods")).doesNotContain("by_name", "b`y (two");
        }
        loader.terminate();
        scenario.loader();
        awaitIndexes("goods", "PRIMARY", "codes", "by_name", "b`y (two", "updated_at");
    }

    @Test
    void aRefreshKeepsTheIndexesOfItsTableAndThoseThatItWasGiven() throws Exception {
        createPrices();
        scenario.run();
        scenario.awaitEqual();
        awaitIndexes("prices", "PRIMARY", "one", "labels", "versions");

        scenario.target()
                .run(
                        "ALTER TABLE prices DROP INDEX labels, ADD KEY mine (version, label), ADD mark INT, ADD KEY (mark)");
        refresh(2);
        scenario.target().run("UPDATE prices SET mark = 7 WHERE id = 7");
        refresh(3);
        awaitIndexes("prices", "PRIMARY", "one", "versions", "mine", "mark");
        assertThat(scenario.target().number("SELECT SUM(mark) FROM prices")).isEqualTo(7);

        scenario.target()
                .run("CREATE TRIGGER watch BEFORE INSERT ON prices FOR EACH ROW SET @seen = COALESCE(@seen, 0) + 1");
        refresh(4);
        awaitIndexes("prices", "PRIMARY", "one", "versions", "mine", "mark");
    }

    private void refresh(int version) throws Exception {
        scenario.source().run("UPDATE prices SET version = " + version);
        scenario.awaitEqual();
    }
}
