package io.syncline.loader.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.mysql.UniqueIndex;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.SampleColumn;
import io.syncline.loader.SampleTable;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TargetTableTest {

    private final RowSchema users = SampleTable.users().rows();

    @Test
    void aTableAsTheLoaderMakesItIsReplaceable() {
        TargetTable table = SampleTarget.like(users).table();

        assertThat(table.isReplaceable()).isTrue();
        assertThat(table.targetOnlyColumns()).isEmpty();
        assertThat(table.otherUniqueIndexes()).isEmpty();
        assertThat(table.ownColumns()).containsExactly("_dlt_load_id", "_dlt_id");
        assertThat(table.quoted()).isEqualTo("`copy`.`users`");
    }

    @Test
    void aColumnThatOnlyTheTargetHasForbidsReplacing() {
        TargetTable table = SampleTarget.like(users)
                .add(SampleColumn.of("note", ColumnKind.TEXT).nullable())
                .table();

        assertThat(table.targetOnlyColumns()).extracting(Column::name).containsExactly("note");
        assertThat(table.isReplaceable()).isFalse();
    }

    @Test
    void aColumnThatTheTargetComputesIsNobodysToKeep() {
        TargetTable table = SampleTarget.like(users)
                .add(SampleColumn.of("twice", ColumnKind.INT).generated("`id` * 2"))
                .table();

        assertThat(table.targetOnlyColumns()).isEmpty();
        assertThat(table.isReplaceable()).isTrue();
    }

    @Test
    void namesThatDifferInCaseAreOneColumn() {
        TargetTable table = SampleTarget.like(users)
                .without("name")
                .add(SampleColumn.of("NAME", ColumnKind.TEXT).charset("latin1"))
                .table();

        assertThat(table.targetOnlyColumns()).isEmpty();
        assertThat(table.writtenColumns()).extracting(Column::name).containsExactly("id", "NAME");
        assertThat(table.find("Name")).map(Column::charset).contains("latin1");
    }

    @Test
    void triggersAndForeignKeysForbidReplacing() {
        assertThat(SampleTarget.like(users).withAttachments().table().isReplaceable())
                .isFalse();
    }

    @Test
    void aSecondUniqueIndexForbidsReplacing() {
        TargetTable table = SampleTarget.like(users).unique("by_name", "name").table();

        assertThat(table.otherUniqueIndexes()).extracting(UniqueIndex::name).containsExactly("by_name");
        assertThat(table.isReplaceable()).isFalse();
    }

    /** A row of ours could meet another one there. */
    @Test
    void aUniqueIndexOverWhatTheTargetComputesForbidsReplacing() {
        TargetTable table = SampleTarget.like(users)
                .add(SampleColumn.of("lower", ColumnKind.TEXT).generated("lower(`name`)"))
                .unique("by_lower", "lower")
                .table();

        assertThat(table.otherUniqueIndexes()).extracting(UniqueIndex::name).containsExactly("by_lower");
        assertThat(table.isReplaceable()).isFalse();
    }

    @Test
    void anotherIndexOverTheKeyIsNoOther() {
        RowSchema pairs = SampleTable.named("pairs")
                .column("a", ColumnKind.INT)
                .column("b", ColumnKind.INT)
                .key("a", "b")
                .rows();

        assertThat(SampleTarget.like(pairs).unique("turned", "B", "a").table().otherUniqueIndexes())
                .isEmpty();
        assertThat(SampleTarget.like(pairs).unique("narrower", "a").table().otherUniqueIndexes())
                .hasSize(1);
    }

    @Test
    void anIndexOverExpressionsMayMeetAnyRow() {
        assertThat(SampleTarget.like(users).unique("functional").table().otherUniqueIndexes())
                .hasSize(1);
    }

    @Test
    void anIndexOverColumnsThatOnlyTheTargetFillsMeetsNoRowOfOurs() {
        assertThat(SampleTarget.like(users)
                        .add(SampleColumn.of("counter", ColumnKind.INT).autoIncrement())
                        .unique("by_counter", "counter")
                        .table()
                        .otherUniqueIndexes())
                .isEmpty();
    }

    @Test
    void onlyColumnsThatTheTargetHasAndDoesNotComputeAreWritten() {
        RowSchema schema = SampleTable.users()
                .column("twice", ColumnKind.INT)
                .column("gone", ColumnKind.INT)
                .rows();
        TargetTable table = SampleTarget.like(schema)
                .add(SampleColumn.of("twice", ColumnKind.INT).generated("`id` * 2"))
                .without("gone")
                .table();

        assertThat(table.written()).containsExactly(true, true, false, false);
        assertThat(table.writtenFlags()).containsExactly(true, true, false, false);
        assertThat(table.writtenColumns()).extracting(Column::name).containsExactly("id", "name");
    }

    @Test
    void aSourceThatHasOneOfOurColumnsLeavesUsTheOther() {
        RowSchema schema =
                SampleTable.users().column("_DLT_ID", ColumnKind.TEXT).rows();

        assertThat(SampleTarget.like(schema).table().ownColumns()).containsExactly("_dlt_load_id");
    }

    @ParameterizedTest
    @EnumSource(ColumnKind.class)
    void keysThatHaveSeveralSpellingsAreCollated(ColumnKind kind) {
        RowSchema schema = SampleTable.named("t")
                .column("a", ColumnKind.INT)
                .with(SampleColumn.of("b", kind).decimal(10, 0))
                .key("a", "b")
                .rows();

        assertThat(SampleTarget.like(schema).table().hasCollatedKey())
                .isEqualTo(Set.of(ColumnKind.TEXT, ColumnKind.ENUM, ColumnKind.SET, ColumnKind.FLOAT, ColumnKind.DOUBLE)
                        .contains(kind));
    }
}
