package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A table that fails is shown as halted, with its reason, and comes back by itself; the others go on. */
class IsolationIT {

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table good = table("good", "id").modifier("updated_at");
    private final Table frail = table("frail", "id").modifier("updated_at");

    private void create(String table) throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE " + table + " (id INT PRIMARY KEY, v VARCHAR(20), updated_at DATETIME(6)"
                                + " DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6))",
                        "INSERT INTO " + table + " (id, v) VALUES (1, 'one'), (2, 'two')");
    }

    private void awaitHalted(Service service, Table table, String... reasons) {
        scenario.eventually(table.name() + " halted", () -> {
            JsonNode shown = service.status(table);
            assertThat(shown.path("phase").asText()).isEqualTo("halted");
            assertThat(shown.path("lastError").asText()).contains(reasons);
        });
    }

    private void goodOneGoesOn(int id) throws Exception {
        scenario.source().run("INSERT INTO good (id, v) VALUES (" + id + ", 'still going')");
        scenario.awaitEqual(good);
    }

    @Test
    void aTableDroppedAtTheSourceHaltsAndComesBack() throws Exception {
        create("good");
        create("frail");
        scenario.sync(good, frail);
        Service extractor = scenario.extractor();
        scenario.loader();
        scenario.awaitEqual();

        scenario.source().run("DROP TABLE frail");
        awaitHalted(extractor, frail, "there is no table", "frail");
        goodOneGoesOn(10);
        assertThat(extractor.status(good).path("phase").asText()).isNotEqualTo("halted");

        create("frail");
        scenario.source().run("UPDATE frail SET v = 'back' WHERE id = 1");
        scenario.awaitEqual();
        scenario.eventually("no longer halted", () -> {
            assertThat(extractor.status(frail).path("phase").asText()).isNotEqualTo("halted");
            assertThat(extractor.status(frail).path("lastError").isNull()).isTrue();
        });
    }

    @Test
    void aTargetWithoutUniqueIndexIsRefusedWithTheStatementThatMendsIt() throws Exception {
        create("good");
        create("frail");
        scenario.target().run("CREATE TABLE frail (id INT NOT NULL, v VARCHAR(20), updated_at DATETIME(6))");
        scenario.sync(good, frail);
        scenario.extractor();
        Service loader = scenario.loader();
        awaitHalted(loader, frail, "ALTER TABLE", "frail", "(`id`)");
        goodOneGoesOn(11);
        assertThat(scenario.target().count("frail")).isZero();

        String reason = loader.status(frail).path("lastError").asText();
        String statement = reason.substring(reason.indexOf("ALTER TABLE")).split("[;\n]", 2)[0];
        scenario.target().run(statement);
        scenario.awaitEqual();
    }

    @Test
    void faultsOfEntriesNameThePlaceAndTheColumnsThereAre() throws Exception {
        create("good");
        create("frail");
        create("third");
        create("fourth");
        scenario.source().run("CREATE TABLE keyless (id INT NOT NULL, v INT)");
        Table nowhere = table("nowhere", "id");
        Table third = table("third", "uuid");
        Table fourth = table("fourth", "id").modifier("v");
        Table keyless = table("keyless", "id");
        scenario.sync(good, table("frail", "id").modifier("changed_at"), nowhere, third, fourth, keyless);
        Service extractor = scenario.extractor();
        scenario.loader();
        awaitHalted(extractor, frail, "[1].modifier", "'changed_at'", "it has: id, v, updated_at");
        awaitHalted(extractor, nowhere, "[2].table", "there is no table", "nowhere");
        awaitHalted(extractor, third, "[3].primary_key", "'uuid'", "it has: id, v, updated_at");
        awaitHalted(extractor, fourth, "[4].modifier", "'v'", "DATETIME");
        awaitHalted(extractor, keyless, "[5].primary_key", "no unique index", "ALTER TABLE");
        goodOneGoesOn(12);
    }

    @Test
    void aRefusedAlterHaltsItsTableAlone() throws Exception {
        create("good");
        create("frail");
        scenario.sync(good, frail);
        scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();

        // a view of the same name can be altered by nobody
        scenario.target().run("DROP TABLE frail", "CREATE VIEW frail AS SELECT 1 AS id");
        scenario.source()
                .run("ALTER TABLE frail ADD COLUMN w INT", "INSERT INTO frail (id, v, w) VALUES (3, 'three', 3)");
        awaitHalted(loader, frail, "frail");
        goodOneGoesOn(13);
        scenario.target().run("DROP VIEW frail");
    }

    @Test
    void aTopicThatTakesSmallerRecordsHaltsItsTableAlone() throws Exception {
        create("good");
        create("frail");
        scenario.source().run("ALTER TABLE frail MODIFY v LONGTEXT");
        scenario.set("WATERMARK_PARTITIONS", "1");
        scenario.set("FETCH_LIMIT", "100000");
        scenario.set("KAFKA_COMPRESSION_TYPE", "none");
        scenario.sync(frail, good);
        Service extractor = scenario.extractor();
        scenario.loader();
        scenario.awaitEqual();

        scenario.topics().largestBatch(scenario.topics().rows(frail), 100_000);
        // refused while the rest of its page is still being sent
        scenario.source()
                .run("INSERT INTO frail (id, v) SELECT n, IF(n = 1, REPEAT('x', 200000), REPEAT('y', 100)) FROM "
                        + Sql.numbers(60_000) + " ON DUPLICATE KEY UPDATE v = VALUES(v)");
        awaitHalted(
                extractor, frail, "raise max.message.bytes", scenario.topics().rows(frail));
        goodOneGoesOn(14);
        assertThat(extractor.output()).doesNotContain("restoring partition");

        scenario.topics().largestBatch(scenario.topics().rows(frail), 1_000_000);
        scenario.awaitEqual();
    }
}
