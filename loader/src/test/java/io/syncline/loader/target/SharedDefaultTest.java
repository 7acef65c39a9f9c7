package io.syncline.loader.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.SampleColumn;
import io.syncline.loader.SampleTable;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SharedDefaultTest {

    private final RowSchema users = SampleTable.users().rows();

    private List<String> clauses(SampleTarget target) {
        return SharedDefault.clauses(users.table(), target.description(), "`copy`.`users`");
    }

    private static SampleColumn code(String definition) {
        return SampleColumn.of("code", ColumnKind.INT).type("int").definition(definition);
    }

    @Test
    void whatIsInNoUniqueIndexStaysAsItIs() {
        assertThat(clauses(SampleTarget.like(users).add(code("int NOT NULL")))).isEmpty();
    }

    @Test
    void aValueThatAllNewRowsWouldShareMayBeNull() {
        assertThat(clauses(SampleTarget.like(users).add(code("int NOT NULL")).unique("codes", "code")))
                .containsExactly("MODIFY COLUMN `code` int NULL");
        assertThat(clauses(SampleTarget.like(users)
                        .add(code("int NOT NULL DEFAULT '5' COMMENT 'x'").byDefault("5"))
                        .unique("codes", "name", "code")))
                .containsExactly("MODIFY COLUMN `code` int NULL COMMENT 'x'");
    }

    @Test
    void aValueThatIsEachRowsOwnStays() {
        assertThat(clauses(SampleTarget.like(users).add(code("int").nullable()).unique("codes", "code")))
                .isEmpty();
        assertThat(clauses(SampleTarget.like(users)
                        .add(code("int NOT NULL AUTO_INCREMENT").autoIncrement())
                        .unique("codes", "code")))
                .isEmpty();
        assertThat(clauses(SampleTarget.like(users)
                        .add(code("int NOT NULL DEFAULT (rand() * 1e9)").byDefault("rand() * 1e9"))
                        .unique("codes", "code")))
                .isEmpty();
    }

    @Test
    void anIndexThatHoldsTheKeyTellsRowsApart() {
        assertThat(clauses(SampleTarget.like(users).add(code("int NOT NULL")).unique("codes", "id", "code")))
                .isEmpty();
    }

    @Test
    void aPrimaryKeyIsTheUsersToChange() {
        SampleTarget target = SampleTarget.like(users).add(code("int NOT NULL")).unique("PRIMARY", "code");

        assertThatThrownBy(() -> clauses(target))
                .isInstanceOf(UnfitTargetException.class)
                .hasMessageContaining("code")
                .hasMessageEndingWith("ALTER TABLE `copy`.`users` DROP PRIMARY KEY");
    }
}
