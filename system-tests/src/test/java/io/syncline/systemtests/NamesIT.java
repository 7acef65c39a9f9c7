package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.util.List;
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
            "x".repeat(64));

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
                                    + " INT PRIMARY KEY, `v.ä``l ue` VARCHAR(20), `订%s` INT, `order` DATETIME"
                                    + " DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP)",
                            "INSERT INTO " + Sql.name(each.name()) + " (" + Sql.name(key)
                                    + ", `v.ä``l ue`) VALUES (1, '`'), (2, '.')");
        }
        scenario.sync(tables.toArray(Table[]::new));
        scenario.run();
        scenario.awaitEqual();
        for (Table each : tables) {
            scenario.source()
                    .run(
                            "UPDATE " + Sql.name(each.name()) + " SET `订%s` = 5",
                            "ALTER TABLE " + Sql.name(each.name()) + " ADD COLUMN `new ``one` INT DEFAULT 3");
        }
        scenario.awaitEqual();
    }
}
