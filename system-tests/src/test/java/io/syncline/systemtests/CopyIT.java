package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** First copies, changes after them, and full refreshes. */
class CopyIT {

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table customers = table("customers", "id").modifier("updated_at");
    private final Table items = table("order_items", "order_id", "line").modifier("updated_at");
    private final Table stock = table("stock", "product", "warehouse");
    private final Table empty = table("nothing_yet", "id").modifier("updated_at");

    @Test
    void tablesOfEveryKindArriveAndStayEqual() throws Exception {
        createShop();
        scenario.set("FETCH_LIMIT", "300");
        scenario.sync(customers, items, stock, empty);
        scenario.run();
        scenario.awaitEqual();

        scenario.source()
                .run(
                        "INSERT INTO customers (id, name) VALUES (5001, 'new'), (5002, NULL)",
                        "UPDATE customers SET name = CONCAT(name, '!') WHERE id <= 400",
                        "UPDATE order_items SET amount = amount + 0.01 WHERE order_id = 7",
                        "INSERT INTO order_items (order_id, line, amount) VALUES (7, 99, 1.5)",
                        "DELETE FROM stock WHERE warehouse = 'west'",
                        "UPDATE stock SET pieces = pieces - 1 WHERE product = 3",
                        "INSERT INTO stock VALUES (900, 'north', 1)",
                        "INSERT INTO nothing_yet (id) VALUES (1)");
        scenario.awaitEqual();

        scenario.source().run("DELETE FROM stock");
        scenario.awaitEqual();
        assertThat(scenario.target().count("stock")).isZero();
    }

    private void createShop() throws Exception {
        scenario.source()
                .run(
                        """
                        CREATE TABLE customers (
                          id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(50),
                          updated_at TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
                          KEY (updated_at))""",
                        """
                        CREATE TABLE order_items (
                          order_id INT, line SMALLINT, amount DECIMAL(10,2) NOT NULL,
                          updated_at DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
                          PRIMARY KEY (order_id, line), KEY (updated_at))""",
                        """
                        CREATE TABLE stock (
                          product INT, warehouse VARCHAR(20), pieces INT NOT NULL, PRIMARY KEY (warehouse, product))""",
                        "CREATE TABLE nothing_yet (id INT PRIMARY KEY, updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)",
                        "INSERT INTO customers (name) SELECT CONCAT('customer ', n) FROM " + Sql.numbers(1000),
                        "INSERT INTO order_items (order_id, line, amount) SELECT n DIV 5, n % 5, n / 7 FROM "
                                + Sql.numbers(1200),
                        "INSERT INTO stock SELECT n DIV 2, IF(n % 2, 'west', 'east'), n FROM " + Sql.numbers(700));
        assertThat(scenario.source().count("customers")).isEqualTo(1000);
    }

    @Test
    void anUnchangedTableIsPublishedOnce() throws Exception {
        createShop();
        scenario.sync(stock, customers);
        var extractor = scenario.extractor().awaitReady();
        scenario.awaitPasses(extractor, stock, 2);
        scenario.awaitPasses(extractor, customers, 12);
        var stockEnds = scenario.topics().ends(stock);
        var customersEnds = scenario.topics().ends(customers);
        assertThat(scenario.topics().committed(scenario.topics().rows(customers)))
                .isEqualTo(1000);

        scenario.awaitPasses(extractor, stock, 5);
        scenario.awaitPasses(extractor, customers, 5);

        assertThat(scenario.topics().ends(stock)).isEqualTo(stockEnds);
        assertThat(scenario.topics().ends(customers)).isEqualTo(customersEnds);
    }

    @Test
    void aReaderSeesWholeGenerationsOnly() throws Exception {
        int rows = 1500;
        Table prices = table("prices", "id");
        scenario.source()
                .run(
                        "CREATE TABLE prices (id INT PRIMARY KEY, version INT NOT NULL)",
                        "INSERT INTO prices SELECT n, 1 FROM " + Sql.numbers(rows));
        scenario.set("FETCH_LIMIT", "200");
        scenario.sync(prices);
        scenario.run();
        scenario.awaitEqual();
        try (var reader = GenerationReader.of(scenario.target(), "prices")) {
            for (int version = 2; version <= 6; version++) {
                scenario.source().run("UPDATE prices SET version = " + version);
                scenario.awaitEqual();
            }
            assertThat(reader.stop())
                    .as("rows and versions seen")
                    .allMatch(seen -> seen.equals(rows + " rows, 1 version"));
            assertThat(reader.looks()).isGreaterThan(20);
        }
        assertThat(scenario.target().values("SHOW TABLES"))
                .as("leftovers")
                .noneMatch(name -> String.valueOf(name).contains("prices")
                        && !String.valueOf(name).equals("prices"));
    }
}
