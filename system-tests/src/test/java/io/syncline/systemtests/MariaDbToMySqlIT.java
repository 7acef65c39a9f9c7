package io.syncline.systemtests;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.stack.MixedStack;
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
        new TypeTables(scenario, "types", TypeColumn.shared()).arrive("");
    }

    @Test
    void everyMemberArrivesAsItIsAtAStrictTarget() throws Exception {
        new TypeTables(scenario, "members", TypeColumn.members()).arrive("TRADITIONAL");
    }
}
