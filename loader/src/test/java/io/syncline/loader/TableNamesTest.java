package io.syncline.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.common.config.NullModifier;
import io.syncline.common.config.TableSettings;
import io.syncline.common.model.TableId;
import io.syncline.common.model.TargetRules;
import io.syncline.loader.target.UnfitTargetException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TableNamesTest {

    private static final TableId USERS = new TableId("shop", "users");

    @Test
    void withoutAFileEveryTableIsLoadedUnderItsOwnName() {
        TableNames names = new TableNames(List.of());

        assertThat(names.wants(USERS)).isTrue();
        assertThat(names.target(USERS)).isEqualTo("users");
    }

    @Test
    void withAFileOnlyItsTablesAreLoadedUnderTheNamesItGives() {
        TableNames names = new TableNames(List.of(settings("users", "people"), settings("orders", "orders")));

        assertThat(names.wants(USERS)).isTrue();
        assertThat(names.wants(new TableId("other", "users"))).isTrue();
        assertThat(names.wants(new TableId("shop", "people"))).isFalse();
        assertThat(names.target(USERS)).isEqualTo("people");
        assertThat(names.target(new TableId("shop", "orders"))).isEqualTo("orders");
    }

    @Test
    void twoSourcesNeverShareATable() {
        TableNames names = new TableNames(List.of());
        names.target(USERS);
        names.target(USERS);

        assertThatThrownBy(() -> names.target(new TableId("other", "users")))
                .isInstanceOf(UnfitTargetException.class)
                .hasMessage("both shop.users and other.users go to the target table users;"
                        + " give one of them a target_table of its own, or load it with another prefix");
        assertThat(names.target(USERS)).isEqualTo("users");
    }

    private static TableSettings settings(String table, String target) {
        return new TableSettings(
                "tables.json: [0]",
                table,
                List.of("id"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Set.of(),
                target,
                Optional.empty(),
                NullModifier.INCLUDE,
                false,
                TargetRules.DEFAULT);
    }
}
