package io.syncline.loader.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.SampleColumn;
import io.syncline.loader.SampleRows;
import io.syncline.loader.SampleTable;
import io.syncline.loader.target.SampleTarget;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WriterChoiceTest {

    private final RowSchema users = SampleTable.users().rows();
    private final SampleTarget target = SampleTarget.like(users);
    private final WriterChoice choice = new WriterChoice(true, true);

    @Test
    void fewSmallRowsGoByInsert() {
        assertThat(choice.writer(target.table(), rows(199))).isInstanceOf(InsertWriter.class);
    }

    @Test
    void manyRowsGoByLoadData() {
        assertThat(choice.writer(target.table(), rows(200))).isInstanceOf(LoadDataWriter.class);
    }

    @Test
    void fewWideRowsGoByLoadData() {
        List<RowEvent> wide = List.of(new RowEvent(SampleRows.of(users).at(0, 7, "x".repeat(256 * 1024))));

        assertThat(choice.writer(target.table(), wide)).isInstanceOf(LoadDataWriter.class);
    }

    @Test
    void withoutLocalInfileAllRowsGoByInsert() {
        assertThat(new WriterChoice(false, true).writer(target.table(), rows(200)))
                .isInstanceOf(InsertWriter.class);
    }

    @Test
    void whereReplacingLosesSomethingAllRowsGoByInsert() {
        assertThat(choice.writer(SampleTarget.like(users).withAttachments().table(), rows(200)))
                .isInstanceOf(InsertWriter.class);
        assertThat(choice.writer(
                        target.add(SampleColumn.of("note", ColumnKind.TEXT).nullable())
                                .table(),
                        rows(200)))
                .isInstanceOf(InsertWriter.class);
    }

    @Test
    void otherUniqueIndexesAreMindedWhateverTheCount() {
        target.unique("by_name", "name");

        assertThat(choice.writer(target.table(), rows(1))).isInstanceOf(UniqueWriter.class);
        assertThat(choice.writer(target.table(), rows(200))).isInstanceOf(UniqueWriter.class);
        assertThat(new WriterChoice(false, true).writer(target.table(), rows(200)))
                .isInstanceOf(UniqueWriter.class);
    }

    @Test
    void manyRowsThatLockNothingButThemselvesMayBeWrittenBesideOthers() {
        assertThat(choice.mayOverlap(target.table(), rows(200))).isTrue();
        assertThat(new WriterChoice(false, true).mayOverlap(target.table(), rows(200)))
                .as("by statements, too")
                .isTrue();
        assertThat(choice.mayOverlap(target.table(), rows(199))).as("few").isFalse();
    }

    @Test
    void rowsThatMayMeetOthersAreNotWrittenBesideThem() {
        RowSchema words =
                SampleTable.named("words").column("id", ColumnKind.TEXT).rows();
        assertThat(List.of(
                        SampleTarget.like(words),
                        SampleTarget.like(users).withAttachments(),
                        SampleTarget.like(users).unique("by_name", "name"),
                        SampleTarget.like(users).engine("MyISAM")))
                .noneMatch(other -> choice.mayOverlap(other.table(), rows(200)));
    }

    @Test
    void aBinaryLogOfStatementsKeepsBatchesApart() {
        assertThat(new WriterChoice(true, false).mayOverlap(target.table(), rows(200)))
                .isFalse();
    }

    private List<RowEvent> rows(int count) {
        SampleRows rows = SampleRows.of(users);
        return IntStream.range(0, count)
                .mapToObj(i -> new RowEvent(rows.at(i, i, "x")))
                .toList();
    }
}
