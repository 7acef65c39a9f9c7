package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names that break what quotes carelessly. */
class NamesIT {

    private static final List<String> NAMES = List.of(
            "back`tick",
            "dot.dot.dot",
            "two words",
            "dash-ed",
            "Größe",
            "订单",
            "select",
            "quote'\"d",
            "per%cent$",
            "a/b\\c;--#",
            "{json}=\"<b>&",
            "x".repeat(64),
            // with more, the server's own file would have too long a name
            "名".repeat(45));

    private static final String LONGEST = Sql.name("Ü".repeat(64));

    @RegisterExtension
    final Scenario scenario = new Scenario("söurce-`db 1");

    @Test
    void tablesAndColumnsOfAnyNameArrive() throws Exception {
        List<Table> tables = Stream.concat(
                        NAMES.stream().map(name -> table(name, name).modifier("order")),
                        // without a modifier, these are staged and swapped
                        Stream.of(table("whole back`tick 订", "group"), table("y".repeat(64), "group")))
                .toList();
        for (Table each : tables) {
            String key = each.primaryKey().get(0);
            scenario.source()
                    .run(
                            "CREATE TABLE " + Sql.name(each.name()) + " (" + Sql.name(key)
                                    + " INT PRIMARY KEY, `v.ä``l ue` VARCHAR(20), `订%s` INT COMMENT 'it''s 😀', "
                                    + LONGEST
                                    + " INT DEFAULT 5, `order` DATETIME"
                                    + " DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP)",
                            "INSERT INTO " + Sql.name(each.name()) + " (" + Sql.name(key)
                                    + ", `v.ä``l ue`) VALUES (1, '`'), (2, '.')");
        }
        scenario.sync(tables.toArray(Table[]::new));
        Service extractor = scenario.extractor();
        Service loader = scenario.loader().awaitReady();
        extractor.awaitReady();
        scenario.awaitEqual();
        for (Table each : tables) {
            scenario.source()
                    .run(
                            "UPDATE " + Sql.name(each.name()) + " SET `订%s` = 5",
                            "ALTER TABLE " + Sql.name(each.name()) + " ADD COLUMN `new ``one` INT DEFAULT 3");
        }
        scenario.awaitEqual();
        Set<String> topics = scenario.topics().admin().listTopics().names().get();
        for (Table each : tables) {
            String name = scenario.source().name() + "." + each.name();
            for (Service service : List.of(extractor, loader)) {
                JsonNode status = service.status(each);
                assertThat(status.path("table").asText()).isEqualTo(name);
                assertThat(status.path("lastError").isNull())
                        .as(status.toString())
                        .isTrue();
            }
            assertThat(topics).contains(scenario.topics().rows(each));
            assertThat(extractor.output()).contains("schema published table=" + name + " version=1 ");
            assertThat(loader.output()).contains("created table=" + each.name() + " columns=");
        }
    }

    @Test
    void namesThatDifferOnlyInCaseAndColumnsNamedLikeOursAreTheSources() throws Exception {
        List<Table> tables = Stream.of("Case", "case", "CASE")
                .map(name -> table(name, "id").modifier("at"))
                .toList();
        for (Table each : tables) {
            scenario.source()
                    .run(
                            "CREATE TABLE " + Sql.name(each.name())
                                    + " (id INT PRIMARY KEY, `_dlt_id` VARCHAR(20), `_DLT_LOAD_ID` INT,"
                                    + " `_syncline_load_id` INT, `_syncline_aside` INT, at INT NOT NULL, KEY (at))",
                            "INSERT INTO " + Sql.name(each.name()) + " VALUES (1, " + Sql.text(each.name())
                                    + ", 7, 8, 9, 1)");
        }
        Table whole = table("whole", "_dlt_id");
        scenario.source()
                .run(
                        "CREATE TABLE whole (`_dlt_id` VARCHAR(20) PRIMARY KEY, v INT)",
                        "INSERT INTO whole VALUES ('mine', 1)");
        scenario.sync(Stream.concat(tables.stream(), Stream.of(whole)).toArray(Table[]::new));
        scenario.run();
        scenario.awaitEqual(tables.toArray(Table[]::new));
        scenario.eventually(
                "the refreshed table is there",
                () -> assertThat(scenario.target().count("whole")).isOne());
        String own = "SELECT `_dlt_id`, `_dlt_load_id` FROM ";
        for (Table each : tables) {
            assertThat(scenario.target().rows(own + Sql.name(each.name())))
                    .isEqualTo(scenario.source().rows(own + Sql.name(each.name())));
        }
        assertThat(scenario.target().values("SELECT `_dlt_id` FROM whole")).containsExactly("mine");
        scenario.source().run("UPDATE `case` SET `_dlt_id` = 'other', at = 2", "INSERT INTO whole VALUES ('other', 2)");
        scenario.eventually("the source's own values arrive", () -> {
            assertThat(scenario.target().values("SELECT `_dlt_id` FROM `case`")).containsExactly("other");
            assertThat(scenario.target().values("SELECT `_dlt_id` FROM `Case`")).containsExactly("Case");
            assertThat(scenario.target().values("SELECT `_dlt_id` FROM whole ORDER BY 1"))
                    .containsExactly("mine", "other");
        });
    }
}
