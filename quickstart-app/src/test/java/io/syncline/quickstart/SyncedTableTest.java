package io.syncline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SyncedTableTest {
    @Test
    void aKeyIsANameOrAList() {
        var json = """
                [{"table": "a", "primary_key": "id", "modifier": "changed"}, {"table": "b", "primary_key": ["x", "y"]}]
                """;

        assertThat(SyncedTable.parse(json))
                .containsExactly(
                        new SyncedTable("a", List.of("id"), true), new SyncedTable("b", List.of("x", "y"), false));
    }

    @Test
    void brokenJsonIsAnError() {
        assertThatThrownBy(() -> SyncedTable.parse("[{]")).hasMessageStartingWith("tables.json: ");
    }
}
