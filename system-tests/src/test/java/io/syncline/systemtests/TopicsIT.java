package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Topics that are deleted, made anew, emptied or cut behind Syncline's back. */
class TopicsIT {

    private static final int ROWS = 300;

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table orders = table("orders", "id").modifier("at");
    private final Table prices = table("prices", "id");

    @BeforeEach
    void createTables() throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE orders (id INT PRIMARY KEY, v INT NOT NULL, at TIMESTAMP(6) DEFAULT"
                                + " CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), KEY (at))",
                        "CREATE TABLE prices (id INT PRIMARY KEY, v INT NOT NULL)",
                        "INSERT INTO orders (id, v) SELECT n, n FROM " + Sql.numbers(ROWS),
                        "INSERT INTO prices SELECT n, n FROM " + Sql.numbers(ROWS));
        scenario.sync(orders, prices);
    }

    private void awaitStartedOver(Service service, Table table, String reason) {
        scenario.eventually(table.name() + " started over", () -> {
            JsonNode shown = service.status(table);
            assertThat(shown.path("startedOver").asText()).contains(reason);
        });
    }

    /** Only a copy from the beginning brings these rows back. */
    private void takeRowsFromTheTarget() throws Exception {
        scenario.target().run("DELETE FROM orders WHERE id > 10", "DELETE FROM prices WHERE id > 10");
    }

    private void rowsGoOn(int id) throws Exception {
        scenario.source()
                .run("INSERT INTO orders (id, v) VALUES (" + id + ", 1)", "INSERT INTO prices VALUES (" + id + ", 1)");
        scenario.awaitEqual();
        assertThat(scenario.topics().committed(scenario.topics().rejects())).isZero();
    }

    @Test
    void rowsTopicsDeletedWhileBothRunAreMadeAndReadAnew() throws Exception {
        Service extractor = scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();

        takeRowsFromTheTarget();
        scenario.topics().delete(scenario.topics().rows(orders));
        scenario.topics().delete(scenario.topics().rows(prices));

        awaitStartedOver(extractor, orders, "deleted or made anew");
        awaitStartedOver(extractor, prices, "deleted or made anew");
        scenario.awaitEqual();
        awaitStartedOver(loader, orders, "deleted and made anew");
        awaitStartedOver(loader, prices, "deleted and made anew");
        assertThat(extractor.output()).contains("was deleted or made anew");
        rowsGoOn(1001);
    }

    @Test
    void rowsTopicsMadeAnewWhileNobodyRanAreFoundAtTheStart() throws Exception {
        Service extractor = scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        loader.terminate();
        extractor.terminate();

        takeRowsFromTheTarget();
        scenario.topics().makeAnew(scenario.topics().rows(orders));
        scenario.topics().makeAnew(scenario.topics().rows(prices));
        Service next = scenario.extractor();
        scenario.loader();

        scenario.awaitEqual();
        awaitStartedOver(next, orders, "deleted or made anew");
        rowsGoOn(1001);
    }

    @Test
    void sharedTopicsEmptiedOrMadeAnewAreRestoredByACopy() throws Exception {
        Service extractor = scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();

        scenario.topics().empty(scenario.topics().watermarks());
        awaitStartedOver(extractor, orders, "watermark is gone");
        awaitStartedOver(extractor, prices, "watermark is gone");
        rowsGoOn(1001);

        scenario.topics().empty(scenario.topics().schemas());
        awaitStartedOver(extractor, orders, "schema is gone");
        rowsGoOn(1002);

        extractor.terminate();
        loader.terminate();
        scenario.topics().empty(scenario.topics().schemas());
        takeRowsFromTheTarget();
        scenario.topics().makeAnew(scenario.topics().watermarks());
        Service next = scenario.extractor();
        scenario.loader();
        awaitStartedOver(next, orders, "watermark is gone");
        rowsGoOn(1003);
        assertThat(next.output()).contains("anew table=", "watermark is gone from");
    }

    @Test
    void sharedTopicsDeletedWhileBothRunAreMadeAnew() throws Exception {
        Service extractor = scenario.extractor();
        scenario.loader();
        scenario.awaitEqual();

        takeRowsFromTheTarget();
        scenario.topics().delete(scenario.topics().watermarks());
        scenario.topics().delete(scenario.topics().schemas());

        awaitStartedOver(extractor, orders, "is gone");
        rowsGoOn(1001);
    }

    @Test
    void offsetsOutOfRangeHaltTheirTableUntilSomeoneDecides() throws Exception {
        Service extractor = scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        loader.kill();
        scenario.topics().awaitNoMembers(scenario.group());
        scenario.source().run("UPDATE orders SET v = v + 1");
        scenario.eventually(
                "the update is published",
                () -> assertThat(scenario.topics().committed(scenario.topics().rows(orders)))
                        .isEqualTo(2 * ROWS));
        extractor.terminate();
        scenario.topics().empty(scenario.topics().rows(orders));
        // and offsets that the topic has never had
        scenario.topics().commit(scenario.group(), scenario.topics().rows(prices), 1_000_000);

        Service next = scenario.loader();
        for (Table table : new Table[] {orders, prices}) {
            scenario.eventually(table.name() + " halted", () -> {
                assertThat(next.status(table).path("phase").asText()).isEqualTo("halted");
                assertThat(next.status(table).path("lastError").asText())
                        .contains("records that were not applied are gone", "delete the topic");
            });
        }
        assertThat(scenario.target().number("SELECT COUNT(*) FROM orders WHERE v = id"))
                .as("rows as they were")
                .isEqualTo(ROWS);

        scenario.extractor();
        scenario.topics().delete(scenario.topics().rows(orders));
        scenario.topics().delete(scenario.topics().rows(prices));
        scenario.awaitEqual();
        scenario.eventually(
                "no longer halted",
                () -> assertThat(next.status(orders).path("phase").asText()).isNotEqualTo("halted"));
    }

    @Test
    void aTopicCutWhileTheLoaderIsBehindHaltsItsTable() throws Exception {
        scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        // the target refuses all rows for a while, and the loader stays behind
        scenario.target().run("RENAME TABLE orders TO hidden", "CREATE VIEW orders AS SELECT 1 AS id");
        scenario.source().run("UPDATE orders SET v = v + 1");
        scenario.eventually(
                "the loader is behind",
                () -> assertThat(loader.status(orders).path("phase").asText()).isEqualTo("halted"));
        loader.kill();
        scenario.topics().awaitNoMembers(scenario.group());
        scenario.topics().empty(scenario.topics().rows(orders));
        scenario.target().run("DROP VIEW orders", "RENAME TABLE hidden TO orders");

        Service next = scenario.loader();
        scenario.eventually(
                "halted for good",
                () -> assertThat(next.status(orders).path("lastError").asText())
                        .contains("records that were not applied are gone"));
    }
}
