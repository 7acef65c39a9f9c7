package io.syncline.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.syncline.common.model.TargetRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TablesFileTest {

    private static final String KEYS = "table, primary_key, modifier, initial_value, interval, where, columns,"
            + " target_table, lag, null_modifier, foreign_keys, schema_changes, empty_source";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyKeyIsRead() {
        List<TableSettings> tables = valid("""
                [{"table": "orders", "primary_key": ["shop", "id"], "modifier": "changed", "initial_value": "2024-01-01",
                  "interval": 0.5, "where": "deleted = 0", "columns": {"exclude": ["note", "größe"]},
                  "target_table": "orders_copy", "lag": 90, "null_modifier": "fail", "foreign_keys": "copy",
                  "schema_changes": "widen"}]""");

        assertThat(tables)
                .containsExactly(new TableSettings(
                        "tables.json: [0]",
                        "orders",
                        List.of("shop", "id"),
                        Optional.of("changed"),
                        Optional.of("2024-01-01"),
                        Optional.of(Duration.ofMillis(500)),
                        Optional.of("deleted = 0"),
                        Set.of(),
                        Set.of("note", "größe"),
                        "orders_copy",
                        Optional.of(Duration.ofSeconds(90)),
                        NullModifier.FAIL,
                        false,
                        new TargetRules(true, true)));
    }

    @Test
    void theDefaultsAreThese() {
        List<TableSettings> tables = valid("[{\"table\": \"users\", \"primary_key\": \"id\"}]");

        assertThat(tables)
                .containsExactly(new TableSettings(
                        "tables.json: [0]",
                        "users",
                        List.of("id"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(),
                        Set.of(),
                        "users",
                        Optional.empty(),
                        NullModifier.INCLUDE,
                        false,
                        TargetRules.DEFAULT));
    }

    @Test
    void anEmptySourceMayLeaveTheTargetAsItIs() {
        assertThat(valid("[{\"table\": \"users\", \"primary_key\": \"id\", \"empty_source\": \"keep\"}]"))
                .extracting(TableSettings::keepsWhenEmpty)
                .containsExactly(true);
    }

    @Test
    void anInitialValueMayBeAnInteger() {
        List<TableSettings> tables = valid(
                "[{\"table\": \"t\", \"primary_key\": \"id\", \"modifier\": \"n\", \"initial_value\": 18446744073709551615}]");

        assertThat(tables.get(0).initialValue()).contains("18446744073709551615");
    }

    @Test
    void onlyIncludedColumnsTravelWhateverTheirCase() {
        TableSettings table = valid(
                        "[{\"table\": \"t\", \"primary_key\": \"id\", \"columns\": {\"include\": [\"Id\", \"name\"]}}]")
                .get(0);

        assertThat(table.wants("ID")).isTrue();
        assertThat(table.wants("Name")).isTrue();
        assertThat(table.wants("note")).isFalse();
    }

    @Test
    void excludedColumnsStay() {
        TableSettings table = valid(
                        "[{\"table\": \"t\", \"primary_key\": \"id\", \"columns\": {\"exclude\": [\"Note\"]}}]")
                .get(0);

        assertThat(table.wants("id")).isTrue();
        assertThat(table.wants("NOTE")).isFalse();
    }

    /** The rest of an entry that is right but for this, and what is said of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"modifer\": \"x\" | [0].modifer: is not known; the keys are " + KEYS,
                "\"modifier\": 5 | [0].modifier: 5 is not a name or text; write it in quotes",
                "\"modifier\": \" \" | [0].modifier: \" \" is not a name or text; write it in quotes",
                "\"where\": [] | [0].where: [] is not a name or text; write it in quotes",
                "\"target_table\": \"\" | [0].target_table: \"\" is not a name or text; write it in quotes",
                "\"interval\": \"1m\" | [0].interval: \"1m\" is not a number of seconds; write 60 or 0.5",
                "\"interval\": -1 | [0].interval: -1 is not a number of seconds; write 60 or 0.5",
                "\"interval\": true | [0].interval: true is not a number of seconds; write 60 or 0.5",
                "\"interval\": {} | [0].interval: {} is not a number of seconds; write 60 or 0.5",
                "\"modifier\": \"m\", \"lag\": \"x\" | [0].lag: \"x\" is not a number of seconds; write 60 or 0.5",
                "\"lag\": 5 | [0].lag: means nothing without a modifier; add a modifier or remove it",
                "\"initial_value\": 5 | [0].initial_value: means nothing without a modifier; add a modifier or remove it",
                "\"null_modifier\": \"skip\" |"
                        + " [0].null_modifier: means nothing without a modifier; add a modifier or remove it",
                "\"modifier\": \"m\", \"initial_value\": 1.5 |"
                        + " [0].initial_value: 1.5 is not a name or text; write it in quotes",
                "\"foreign_keys\": \"yes\" | [0].foreign_keys: 'yes' is not known; write omit or copy",
                "\"schema_changes\": true |" + " [0].schema_changes: true is not a name or text; write it in quotes",
                "\"schema_changes\": \"all\" | [0].schema_changes: 'all' is not known; write add or widen",
                "\"modifier\": \"m\", \"null_modifier\": \"drop\" |"
                        + " [0].null_modifier: 'drop' is not known; write include, skip or fail",
                "\"modifier\": \"m\", \"empty_source\": \"keep\" |"
                        + " [0].empty_source: means nothing with a modifier, by which no row is ever deleted; remove it",
                "\"empty_source\": \"drop\" | [0].empty_source: 'drop' is not known; write replace or keep",
                "\"columns\": [\"a\"] | [0].columns: must be {\"include\": […]} or {\"exclude\": […]}",
                "\"columns\": null | [0].columns: must be {\"include\": […]} or {\"exclude\": […]}",
                "\"columns\": {\"only\": [\"a\"]} | [0].columns.only: is not known; the keys are include, exclude",
                "\"columns\": {\"include\": [\"a\"], \"exclude\": [\"b\"]} |"
                        + " [0].columns: has both include and exclude; keep one of them",
                "\"columns\": {\"include\": []} |"
                        + " [0].columns.include: [] is not a column's name or a list of different ones",
                "\"columns\": {\"exclude\": [\"a\", 1]} |"
                        + " [0].columns.exclude: [\"a\",1] is not a column's name or a list of different ones",
            })
    void eachFaultNamesItsPlace(String entry, String fault) {
        assertThat(faults("[{\"table\": \"t\", \"primary_key\": \"id\", " + entry + "}]"))
                .containsExactly("tables.json: " + fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "null | null",
                "5 | 5",
                "[] | []",
                "[\"a\", \"a\"] | [\"a\",\"a\"]",
                "[\"a\", \"\"] | [\"a\",\"\"]",
                "{} | {}"
            })
    void aKeyIsANameOrAListOfDifferentOnes(String key, String printed) {
        assertThat(faults("[{\"table\": \"t\", \"primary_key\": " + key + "}]"))
                .containsExactly("tables.json: [0].primary_key: " + printed
                        + " is not a column's name or a list of different ones");
    }

    @Test
    void whatIsMissingIsNamedWithItsRemedy() {
        assertThat(faults("[{}]"))
                .containsExactly(
                        "tables.json: [0].table: is missing; write the table's name",
                        "tables.json: [0].primary_key: is missing; write the key's column, or a list of its columns");
    }

    @Test
    void anEntryThatIsNoObjectIsRefused() {
        assertThat(faults("[\"users\"]"))
                .contains("tables.json: [0]: must be an object, as {\"table\": \"users\", \"primary_key\": \"id\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"{}", "[]", "null", "\"users\"", "5"})
    void whatIsNoListOfTablesIsRefused(String text) {
        assertThat(faults(text))
                .containsExactly(
                        "tables.json: must be a list of tables, as [{\"table\": \"users\", \"primary_key\": \"id\"}]");
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThat(faults("")).hasSize(1);
    }

    @Test
    void brokenJsonIsRefusedWithItsLine() {
        assertThat(faults("[\n{\"table\": \"t\",\n \"primary_key\" \"id\"}]"))
                .singleElement()
                .asString()
                .startsWith("tables.json: line 3: ");
    }

    @Test
    void aKeyGivenTwiceAndTextBehindTheListAreRefused() {
        assertThat(faults("[{\"table\": \"t\",\n\"table\": \"u\", \"primary_key\": \"id\"}]"))
                .containsExactly("tables.json: line 2: Duplicate field 'table'");
        assertThat(faults("[{\"table\": \"t\", \"primary_key\": \"id\"}] []"))
                .singleElement()
                .asString()
                .startsWith("tables.json: line 1: ");
    }

    @Test
    void aTableListedTwiceIsRefused() {
        assertThat(faults("""
                [{"table": "a", "primary_key": "id"},
                 {"table": "b", "primary_key": "id"},
                 {"table": "a", "primary_key": "id", "target_table": "c"}]"""))
                .containsExactly(
                        "tables.json: [2].table: 'a' is listed already at tables.json: [0].table; remove one of the two");
    }

    @Test
    void twoTablesOfOneTargetAreRefused() {
        assertThat(faults("""
                [{"table": "a", "primary_key": "id"},
                 {"table": "b", "primary_key": "id", "target_table": "a"}]"""))
                .containsExactly("tables.json: [1].target_table: 'a' is the target already of"
                        + " tables.json: [0].target_table; remove one of the two");
    }

    @Test
    void theFaultsOfAllEntriesAreReportedTogether() {
        assertThat(faults("""
                [{"table": "a", "primary_key": "id", "x": 1},
                 {"table": "b"},
                 {"table": "c", "primary_key": "id", "lag": "y", "interval": "z"}]"""))
                .containsExactly(
                        "tables.json: [0].x: is not known; the keys are " + KEYS,
                        "tables.json: [1].primary_key: is missing; write the key's column, or a list of its columns",
                        "tables.json: [2].lag: means nothing without a modifier; add a modifier or remove it",
                        "tables.json: [2].interval: \"z\" is not a number of seconds; write 60 or 0.5",
                        "tables.json: [2].lag: \"y\" is not a number of seconds; write 60 or 0.5");
    }

    @Test
    void aFileIsReadWithItsName() throws IOException {
        Path file = Files.writeString(folder.resolve("my.json"), "[{\"table\": \"t\", \"primary_key\": \"id\"}]");
        Faults faults = new Faults();

        assertThat(TablesFile.read(file, faults))
                .extracting(TableSettings::place)
                .containsExactly("my.json: [0]");
        assertThat(faults.isEmpty()).isTrue();
    }

    @Test
    void aMissingFileIsAFaultThatNamesIt() {
        Path file = folder.resolve("none.json");
        Faults faults = new Faults();

        assertThat(TablesFile.read(file, faults)).isEmpty();
        assertThat(messages(faults))
                .containsExactly("none.json: there is no file " + file.toAbsolutePath()
                        + "; write it, or name another with TABLES_FILE");
    }

    @Test
    void theJsonSchemaListsTheKeysThatAreReadAndNoOthers() throws IOException {
        try (InputStream in = TablesFile.class.getResourceAsStream("/schemas/tables.schema.json")) {
            JsonNode entry = new ObjectMapper().readTree(in).path("items");
            List<String> keys = new ArrayList<>();
            entry.path("properties").fieldNames().forEachRemaining(keys::add);

            assertThat(keys).containsExactlyInAnyOrder(KEYS.split(", "));
            assertThat(entry.path("required")).extracting(JsonNode::asText).containsExactly("table", "primary_key");
            assertThat(entry.path("properties").path("null_modifier").path("enum"))
                    .extracting(JsonNode::asText)
                    .containsExactly("include", "skip", "fail");
            assertThat(entry.path("properties")
                            .path("null_modifier")
                            .path("default")
                            .asText())
                    .isEqualTo("include");
        }
    }

    private static List<TableSettings> valid(String text) {
        Faults faults = new Faults();
        List<TableSettings> tables = TablesFile.parse("tables.json", text, faults);
        assertThat(messages(faults)).isEmpty();
        return tables;
    }

    private static List<String> faults(String text) {
        Faults faults = new Faults();
        TablesFile.parse("tables.json", text, faults);
        return messages(faults);
    }

    private static List<String> messages(Faults faults) {
        try {
            faults.throwIfAny();
            return List.of();
        } catch (ConfigurationException e) {
            return e.faults();
        }
    }
}
