package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Table;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Writers stamp in the server's zone, which is set back by an hour; {@code INTERVAL=0}. */
class ClocksSetBackIT {

    private static final Duration PASS = Duration.ofSeconds(60);

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table stamped = table("stamped", "id").modifier("at");

    private void create() throws Exception {
        scenario.source().run("CREATE TABLE stamped (id INT PRIMARY KEY, at DATETIME(6), KEY (at))");
        scenario.set("INTERVAL", "0");
        scenario.sync(stamped);
    }

    private void insert(int id, String at) throws Exception {
        scenario.source().run("INSERT INTO stamped VALUES (" + id + ", UTC_TIMESTAMP(6) " + at + ")");
    }

    private void pass() throws Exception {
        assertThat(scenario.extractor().awaitExit(PASS)).isZero();
    }

    private void load() throws Exception {
        assertThat(scenario.loader().awaitExit(PASS)).isZero();
        scenario.awaitEqual();
    }

    private long published() {
        return scenario.topics().committed(scenario.topics().rows(stamped));
    }

    @AfterEach
    void resetZone() throws Exception {
        scenario.source().run("SET GLOBAL time_zone = DEFAULT");
    }

    @Test
    void aRunWithinTheRepeatedHourReadsOnFromTheHourBefore() throws Exception {
        create();
        scenario.source().run("SET GLOBAL time_zone = '+02:00'");
        insert(1, "+ INTERVAL 2 HOUR");
        pass();
        long published = published();
        scenario.source().run("SET GLOBAL time_zone = '+01:00'");
        insert(2, "+ INTERVAL 1 HOUR");
        pass();
        insert(3, "+ INTERVAL 1 HOUR");
        pass();
        assertThat(published()).as("each of the new rows once").isEqualTo(published + 2);
        load();
    }

    @Test
    void aRunWithinTheRepeatedHourThatFindsNothingKeepsItsWatermark() throws Exception {
        create();
        scenario.source().run("SET GLOBAL time_zone = '+02:00'");
        insert(1, "+ INTERVAL 2 HOUR");
        pass();
        scenario.source().run("SET GLOBAL time_zone = '+01:00'");
        pass();
        // as if the clock had passed the first watermark
        scenario.source().run("SET GLOBAL time_zone = '+04:00'");
        insert(2, "+ INTERVAL 1 HOUR");
        pass();
        load();
    }

    @Test
    void aRunBehindTheRepeatedHourReadsWhatWasStampedInIt() throws Exception {
        create();
        // 3 hours ago it was set back from an hour ago to two hours ago, as UTC has it
        String zone = "Test/" + scenario.source().name();
        scenario.source()
                .run(
                        "INSERT INTO mysql.time_zone (Use_leap_seconds) VALUES ('N')",
                        "SET @zone = LAST_INSERT_ID()",
                        "INSERT INTO mysql.time_zone_name VALUES ('" + zone + "', @zone)",
                        "INSERT INTO mysql.time_zone_transition_type VALUES (@zone, 0, 7200, 1, 'S'), (@zone, 1, 3600, 0, 'W')",
                        "INSERT INTO mysql.time_zone_transition VALUES (@zone, 0, 0),"
                                + " (@zone, UNIX_TIMESTAMP() - 3 * 3600, 1)",
                        "SET GLOBAL time_zone = '" + zone + "'");
        try {
            insert(1, "- INTERVAL 90 MINUTE");
            pass();
            insert(2, "- INTERVAL 105 MINUTE");
            pass();
            load();
        } finally {
            scenario.source()
                    .run(
                            "SET @zone = (SELECT Time_zone_id FROM mysql.time_zone_name WHERE Name = '" + zone + "')",
                            "DELETE FROM mysql.time_zone_transition WHERE Time_zone_id = @zone",
                            "DELETE FROM mysql.time_zone_transition_type WHERE Time_zone_id = @zone",
                            "DELETE FROM mysql.time_zone_name WHERE Time_zone_id = @zone",
                            "DELETE FROM mysql.time_zone WHERE Time_zone_id = @zone");
        }
    }
}
