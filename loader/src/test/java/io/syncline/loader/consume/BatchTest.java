package io.syncline.loader.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.SampleRows;
import io.syncline.loader.SampleTable;
import io.syncline.loader.write.RowEvent;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class BatchTest {

    private final RowSchema users = SampleTable.users().rows();
    private final SampleRows rows = SampleRows.of(users);

    @Test
    void theLastVersionOfEachKeyIsLeft() {
        List<RowEvent> batch =
                Batch.of(List.of(user(0, 1, "a"), user(1, 2, "b"), user(2, 1, "c"), user(3, 1, "d")), users, false);

        assertThat(batch).extracting(BatchTest::offset).containsExactly(3L, 1L);
    }

    @Test
    void rowsComeInTheOrderOfTheirKeysAsNumbers() {
        List<RowEvent> batch =
                Batch.of(List.of(user(0, 300, "a"), user(1, 2, "b"), user(2, -1, "c"), user(3, 40, "d")), users, false);

        assertThat(batch).extracting(BatchTest::offset).containsExactly(2L, 1L, 3L, 0L);
    }

    @Test
    void aKeyOfSeveralColumnsIsOrderedByTheFirstThenTheNext() {
        RowSchema schema = SampleTable.named("pairs")
                .column("a", ColumnKind.INT)
                .column("b", ColumnKind.LONG)
                .key("b", "a")
                .rows();
        SampleRows pairs = SampleRows.of(schema);
        List<RowEvent> batch =
                Batch.of(List.of(pair(pairs, 0, 1, 2L), pair(pairs, 1, 2, 1L), pair(pairs, 2, 1, 1L)), schema, false);

        assertThat(batch).extracting(BatchTest::offset).containsExactly(2L, 1L, 0L);
    }

    @Test
    void aKeyThatIsInTwoBatchesIsFound() {
        List<RowEvent> batch = Batch.of(List.of(user(0, -3, "a"), user(1, 2, "b"), user(2, 300, "c")), users, false);

        assertThat(Batch.shareKeys(batch, Batch.of(List.of(user(3, 1, "d"), user(4, 2, "d")), users, false), users))
                .isTrue();
        assertThat(Batch.shareKeys(batch, List.of(user(3, 300, "d")), users)).isTrue();
        assertThat(Batch.shareKeys(List.of(user(3, -3, "d")), batch, users)).isTrue();
        assertThat(Batch.shareKeys(batch, Batch.of(List.of(user(3, 1, "d"), user(4, 299, "d")), users, false), users))
                .isFalse();
        assertThat(Batch.shareKeys(batch, List.of(), users)).isFalse();
    }

    @Test
    void whereKeysAreCollatedRowsKeepTheOrderOfTheirLastEvents() {
        RowSchema schema =
                SampleTable.named("words").column("id", ColumnKind.TEXT).rows();
        SampleRows words = SampleRows.of(schema);
        List<RowEvent> batch = Batch.of(
                List.of(
                        new RowEvent(words.at(0, "b")),
                        new RowEvent(words.at(1, "B")),
                        new RowEvent(words.at(2, "a")),
                        new RowEvent(words.at(3, "b"))),
                schema,
                true);

        assertThat(batch).extracting(BatchTest::offset).containsExactly(1L, 2L, 3L);
    }

    @Test
    void nothingStaysNothing() {
        assertThat(Batch.of(List.of(), users, false)).isEmpty();
        assertThat(Batch.of(List.of(), users, true)).isEmpty();
    }

    private RowEvent user(long offset, int id, String name) {
        return new RowEvent(rows.at(offset, id, name));
    }

    private static RowEvent pair(SampleRows pairs, long offset, int a, long b) {
        return new RowEvent(
                SampleRows.event(new TopicPartition("rows", 0), offset, pairs.key(b, a), pairs.value(a, b)));
    }

    private static long offset(RowEvent row) {
        return row.event().offset();
    }
}
