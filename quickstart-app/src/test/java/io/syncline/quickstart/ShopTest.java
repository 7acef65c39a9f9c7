package io.syncline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ShopTest {
    private static final Pattern CREATED = Pattern.compile("CREATE TABLE (\\w+)");
    private static final List<String> SCHEMA = Shop.schema().statements();

    @Test
    void tablesJsonNamesEveryTableOfTheShop() throws IOException {
        var created = SCHEMA.stream().map(ShopTest::createdTable).toList();

        assertThat(tables()).extracting(SyncedTable::name).containsExactlyInAnyOrderElementsOf(created);
    }

    @Test
    void tablesJsonNamesThePrimaryKeys() throws IOException {
        for (var table : tables()) {
            assertThat(statementOf(table)).contains("PRIMARY KEY (" + String.join(", ", table.primaryKey()) + ")");
        }
    }

    @Test
    void everyModifierIsIndexedAndFollowsTheClock() throws IOException {
        for (var table : tables()) {
            if (table.incremental()) {
                assertThat(statementOf(table))
                        .contains("KEY " + table.name() + "_updated_at (updated_at)", "ON UPDATE CURRENT_TIMESTAMP");
            } else {
                assertThat(statementOf(table)).doesNotContain("updated_at");
            }
        }
    }

    @Test
    void thereAreCompositeKeysAndTablesWithoutModifier() throws IOException {
        assertThat(tables()).anyMatch(table -> table.primaryKey().size() > 1).anyMatch(table -> !table.incremental());
        assertThat(tables()).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void everyTableIsFilled() throws IOException {
        var data = String.join("\n", Shop.data().statements());

        assertThat(tables())
                .allMatch(table -> Pattern.compile("INSERT INTO " + table.name() + "\\s")
                        .matcher(data)
                        .find());
    }

    @Test
    void theScriptsRunInAnyDatabaseAndGiveTheSameRowsEachTime() {
        assertThat(Shop.data().statements()).noneMatch(sql -> sql.matches("(?s).*\\b(USE|RAND|NOW|UUID)\\b.*"));
        assertThat(SCHEMA).noneMatch(sql -> sql.matches("(?s).*\\b(USE|DATABASE)\\b.*"));
    }

    private static List<SyncedTable> tables() throws IOException {
        return SyncedTable.parse(Files.readString(Path.of("..", "tables.json")));
    }

    private static String statementOf(SyncedTable table) {
        return SCHEMA.stream()
                .filter(sql -> createdTable(sql).equals(table.name()))
                .findFirst()
                .orElseThrow();
    }

    private static String createdTable(String sql) {
        var created = CREATED.matcher(sql);
        assertThat(created.lookingAt()).as(sql).isTrue();
        return created.group(1);
    }
}
