package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What dlt's users find at the target: the columns {@code _dlt_load_id} and {@code _dlt_id}, and the table {@code _dlt_loads}. */
class DltTablesIT {

    private static final Duration PASS = Duration.ofSeconds(60);
    private static final String LOADS_BY_DLT = """
            CREATE TABLE _dlt_loads (
              load_id VARCHAR(64) NOT NULL, schema_name TEXT, status BIGINT NOT NULL, inserted_at DATETIME(6) NOT NULL,
              schema_version_hash TEXT)""";

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table made = table("made", "id").modifier("updated_at");
    private final Table prepared = table("prepared", "id").modifier("updated_at");
    private final Table whole = table("whole", "id");

    private void create() throws Exception {
        for (String name : List.of("made", "prepared")) {
            scenario.source()
                    .run(
                            "CREATE TABLE " + name + " (id INT PRIMARY KEY, v INT, updated_at TIMESTAMP(6)"
                                    + " DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), KEY (updated_at))",
                            "INSERT INTO " + name + " (id, v) SELECT n, n FROM " + Sql.numbers(50));
        }
        scenario.source()
                .run("CREATE TABLE whole (id INT PRIMARY KEY, v INT)", "INSERT INTO whole VALUES (1, 1), (2, 2)");
        scenario.sync(made, prepared, whole);
    }

    @Test
    void everyTableGetsItsTwoColumnsAndKeysKeepTheirId() throws Exception {
        create();
        scenario.target().run("""
                        CREATE TABLE prepared (
                          id BIGINT PRIMARY KEY, ours VARCHAR(10) DEFAULT 'kept', v INT, updated_at TIMESTAMP(6) NULL)""", "INSERT INTO prepared (id, v, ours) VALUES (900, 9, 'before'), (7, 0, 'mine')");
        scenario.run();
        scenario.awaitEqual(made, whole);
        scenario.eventually(
                "the prepared table is filled",
                () -> assertThat(scenario.target().count("prepared")).isEqualTo(51));
        for (Table each : List.of(made, prepared, whole)) {
            assertThat(scenario.target()
                            .rows(
                                    "SELECT column_name, data_type, character_maximum_length FROM information_schema.columns"
                                            + " WHERE table_schema = DATABASE() AND is_nullable = 'NO' AND table_name = '"
                                            + each.name() + "' AND column_name LIKE '\\_dlt%' ORDER BY 1"))
                    .as(each.name())
                    .extracting(row -> row.get(0) + " " + row.get(1))
                    .containsExactly("_dlt_id varchar", "_dlt_load_id text");
        }
        assertThat(scenario.target().rows("SELECT _dlt_id, _dlt_load_id, ours FROM prepared WHERE id = 900"))
                .containsExactly(List.of("", "", "before"));
        assertThat(scenario.target().values("SELECT ours FROM prepared WHERE id IN (7, 8) ORDER BY id"))
                .as("columns that only the target has")
                .containsExactly("mine", "kept");
        assertThat(scenario.target().number("SELECT COUNT(DISTINCT _dlt_id) FROM made WHERE LENGTH(_dlt_id) > 8"))
                .isEqualTo(50);

        List<@Nullable String> ids = scenario.target().values("SELECT _dlt_id FROM made ORDER BY id");
        List<@Nullable String> wholeIds = scenario.target().values("SELECT _dlt_id FROM whole ORDER BY id");
        String load = loadOf("made", 3);
        scenario.source().run("UPDATE made SET v = -v WHERE id < 10", "UPDATE whole SET v = -v");
        scenario.awaitEqual(made, whole);
        assertThat(scenario.target().values("SELECT _dlt_id FROM made ORDER BY id"))
                .isEqualTo(ids);
        assertThat(scenario.target().values("SELECT _dlt_id FROM whole ORDER BY id"))
                .isEqualTo(wholeIds);
        assertThat(loadOf("made", 3)).isGreaterThan(load);
        assertThat(loadOf("made", 30)).isEqualTo(load);
    }

    private String loadOf(String table, int id) throws Exception {
        return String.valueOf(scenario.target()
                .values("SELECT _dlt_load_id FROM " + table + " WHERE id = " + id)
                .get(0));
    }

    @Test
    void aLoadIsListedOnceItIsApplied() throws Exception {
        create();
        scenario.set("INTERVAL", "0");
        assertThat(scenario.extractor().awaitExit(PASS)).isZero();
        assertThat(scenario.target().has("_dlt_loads")).isFalse();
        assertThat(scenario.loader().awaitExit(PASS)).isZero();
        assertThat(scenario.target().values("SELECT load_id FROM _dlt_loads"))
                .as("one for each table")
                .containsExactlyInAnyOrder(loadOf("made", 3), loadOf("prepared", 3), loadOf("whole", 2));
        assertThat(scenario.target()
                        .rows("SELECT DISTINCT schema_name, status, ABS(TIMESTAMPDIFF(MINUTE, inserted_at,"
                                + " UTC_TIMESTAMP())) < 5, schema_version_hash IS NULL FROM _dlt_loads"))
                .extracting(row -> row.subList(1, 4))
                .containsOnly(List.of("0", "1", "0"));

        scenario.source().run("UPDATE made SET v = 0 WHERE id = 3");
        assertThat(scenario.extractor().awaitExit(PASS)).isZero();
        assertThat(scenario.loader().awaitExit(PASS)).isZero();
        assertThat(scenario.target().count("_dlt_loads"))
                .as("passes that found nothing are no loads")
                .isEqualTo(4);
        assertThat(scenario.target().values("SELECT load_id FROM _dlt_loads")).contains(loadOf("made", 3));
    }

    @Test
    void whatDltHasMadeIsTakenAsItIs() throws Exception {
        create();
        scenario.target()
                .run(
                        LOADS_BY_DLT,
                        "INSERT INTO _dlt_loads VALUES ('1700000000.1', 'old', 0, '2023-11-14 00:00:00', 'hash')",
                        "CREATE TABLE _dlt_version (version BIGINT, inserted_at DATETIME(6))",
                        "INSERT INTO _dlt_version VALUES (1, '2023-11-14')",
                        "CREATE TABLE _dlt_pipeline_state (version BIGINT)");
        List<List<@Nullable String>> before = definitions();
        scenario.run();
        scenario.awaitEqual();
        scenario.eventually(
                "three loads",
                () -> assertThat(scenario.target().count("_dlt_loads")).isEqualTo(4));
        assertThat(definitions()).isEqualTo(before);
        assertThat(scenario.target().values("SELECT schema_name FROM _dlt_loads WHERE load_id = '1700000000.1'"))
                .containsExactly("old");
        assertThat(scenario.target().count("_dlt_version")).isEqualTo(1);
        assertThat(scenario.target().count("_dlt_pipeline_state")).isZero();
    }

    private List<List<@Nullable String>> definitions() throws Exception {
        return scenario.target()
                .rows(
                        "SELECT table_name, column_name, column_type, is_nullable FROM information_schema.columns"
                                + " WHERE table_schema = DATABASE() AND table_name LIKE '\\_dlt%' ORDER BY 1, ordinal_position");
    }
}
