package io.syncline.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.stack.MixedStack;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every value of the types that both servers have, from MariaDB to MySQL. */
@EnabledIf(
        value = "io.syncline.systemtests.stack.MixedStack#hasMySql",
        disabledReason = "this stack has no MySQL server: run with -Dstack=docker")
class MariaDbToMySqlIT {

    @RegisterExtension
    final Scenario scenario = new Scenario(MixedStack::toMySql);

    @Test
    void everyValueArrivesAsItIs() throws Exception {
        new TypeTables(scenario, "types", TypeColumn.shared()).arrive("TRADITIONAL");
    }

    @Test
    void everyMemberArrivesAsItIsAtAStrictTarget() throws Exception {
        new TypeTables(scenario, "members", TypeColumn.members()).arrive("TRADITIONAL");
    }

    @Test
    void everyTextThatUnicodeLacksArrivesAsItIs() throws Exception {
        new TypeTables(scenario, "texts", TypeColumn.beyondUnicode()).arrive("");
    }

    @Test
    void tablesAreMadeOfTheNearestEqualOrRefused() throws Exception {
        Map<String, String> statements = new LinkedHashMap<>(DefinitionsIT.BOTH);
        statements.putAll(DefinitionsIT.MARIADB);
        String whole = String.valueOf(DefinitionsIT.MARIADB.get("mariadb_columns"));
        statements.put("most", whole.replace(" u UUID DEFAULT UUID(), c4 INET4, c6 INET6,", ""));
        assertThat(DefinitionsIT.copyAllBut(scenario, "mariadb_columns", "type uuid of the column u;", statements))
                .contains("utf8mb4_sv_0900_as_cs", "INVISIBLE", "CHECK", "longtext");
    }
}
