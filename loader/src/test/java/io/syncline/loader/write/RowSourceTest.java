package io.syncline.loader.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.row.MalformedRowException;
import io.syncline.common.row.ParameterSink;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.SampleColumn;
import io.syncline.loader.SampleRows;
import io.syncline.loader.SampleTable;
import io.syncline.loader.target.SampleTarget;
import io.syncline.loader.target.TargetTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RowSourceTest {

    @Test
    void theLoadIdAndTheKeysDigestFollowTheRowsOwnValues() {
        RowSchema schema = SampleTable.users().rows();
        RowEvent row = new RowEvent(SampleRows.of(schema).at(0, 7, "Ada"));

        assertThat(values(SampleTarget.like(schema).table(), row))
                .containsExactly(
                        "7", "Ada", SampleRows.LOAD, new String(new DltId().of(row.key()), StandardCharsets.UTF_8));
    }

    @Test
    void aSourceThatHasSuchColumnsItselfKeepsItsOwn() {
        RowSchema schema = SampleTable.users()
                .column("_DLT_id", ColumnKind.TEXT)
                .column("_dlt_load_id", ColumnKind.TEXT)
                .rows();
        RowEvent row = new RowEvent(SampleRows.of(schema).at(0, 7, "Ada", "its own", "4711"));

        assertThat(values(SampleTarget.like(schema).table(), row)).containsExactly("7", "Ada", "its own", "4711");
    }

    @Test
    void aSourceThatHasOneOfThemGetsTheOther() {
        RowSchema schema =
                SampleTable.users().column("_dlt_id", ColumnKind.TEXT).rows();
        RowEvent row = new RowEvent(SampleRows.of(schema).at(0, 7, null, "its own"));

        assertThat(values(SampleTarget.like(schema).table(), row))
                .containsExactly("7", null, "its own", SampleRows.LOAD);
    }

    @Test
    void whatTheTargetComputesOrLacksIsLeftOut() {
        RowSchema schema = SampleTable.users()
                .column("twice", ColumnKind.INT)
                .column("gone", ColumnKind.INT)
                .column("last", ColumnKind.INT)
                .rows();
        TargetTable table = SampleTarget.like(schema)
                .add(SampleColumn.of("twice", ColumnKind.INT).generated("`id` * 2"))
                .without("gone")
                .table();

        assertThat(values(table, new RowEvent(SampleRows.of(schema).at(0, 7, "Ada", 14, 5, 9))))
                .startsWith("7", "Ada", "9", SampleRows.LOAD)
                .hasSize(5);
    }

    @Test
    void aRowThatEndsTooEarlyIsMalformed() {
        RowSchema schema = SampleTable.users().rows();
        byte[] whole = SampleRows.of(schema).value(7, "Ada");
        TargetTable table = SampleTarget.like(schema).table();

        for (int length = 10; length < whole.length; length++) {
            RowEvent cut = new RowEvent(
                    SampleRows.event(new TopicPartition("rows", 0), 0, new byte[] {14}, Arrays.copyOf(whole, length)));
            assertThatThrownBy(() -> values(table, cut)).isInstanceOf(MalformedRowException.class);
        }
    }

    private static List<@Nullable Object> values(TargetTable table, RowEvent row) {
        ParameterSink sink = new ParameterSink();
        new RowSource(table).values(row, sink);
        return sink.values();
    }
}
