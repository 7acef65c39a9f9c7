package io.syncline.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.stack.MixedStack;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every value of the types that both servers have, from MySQL to MariaDB. */
@EnabledIf(
        value = "io.syncline.systemtests.stack.MixedStack#hasMySql",
        disabledReason = "this stack has no MySQL server: run with -Dstack=docker")
class MySqlToMariaDbIT {

    @RegisterExtension
    final Scenario scenario = new Scenario(MixedStack::fromMySql);

    @Test
    void everyValueArrivesAsItIs() throws Exception {
        new TypeTables(scenario, "types", TypeColumn.shared()).arrive("TRADITIONAL");
    }

    @Test
    void everyMemberArrivesAsItIsAtAStrictTarget() throws Exception {
        new TypeTables(scenario, "members", TypeColumn.members()).arrive("TRADITIONAL");
    }

    @Test
    void everyTypeWithinJsonArrivesAsItsText() throws Exception {
        new TypeTables(scenario, "within_json", TypeColumn.withinJson()).arrive("TRADITIONAL");
    }

    @Test
    void everyTextThatUnicodeLacksArrivesAsItIs() throws Exception {
        new TypeTables(scenario, "texts", TypeColumn.beyondUnicode()).arrive("");
    }

    @Test
    void tablesAreMadeOfTheNearestEqualOrRefused() throws Exception {
        Map<String, String> statements = new LinkedHashMap<>(DefinitionsIT.BOTH);
        statements.putAll(DefinitionsIT.MYSQL);
        String whole = String.valueOf(DefinitionsIT.MYSQL.get("mysql_columns"));
        statements.put("most", whole.replace(", v VECTOR(3)", "").replace("lax", "loose"));
        assertThat(DefinitionsIT.copyAllBut(scenario, "mysql_columns", "type vector(3) of the column v;", statements))
                .contains("utf8mb4_uca1400_swedish_nopad_as_cs", "IGNORED", "SPATIAL KEY", "FULLTEXT KEY");
    }
}
