package io.syncline.loader.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.row.MalformedRowException;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.SampleColumn;
import io.syncline.loader.SampleRows;
import io.syncline.loader.SampleTable;
import io.syncline.loader.target.SampleTarget;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

final class LoadDataStreamTest {

    private static final RowSchema USERS = SampleTable.users().rows();

    @Test
    void allRowsComeInOrderWhateverIsReadAtATime() {
        List<RowEvent> rows = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            rows.add(user(i, "user " + i + " " + "x".repeat(i % 300)));
        }
        LoadDataStream file = stream(USERS, rows);
        String whole = read(file, 1 << 20);

        assertThat(whole.lines()).hasSize(2_000);
        assertThat(file.rows()).isEqualTo(2_000);
        assertThat(whole)
                .startsWith("0\tuser 0 ")
                .contains("\n1999\tuser 1999 ")
                .endsWith("\n");
        assertThat(read(stream(USERS, rows), 1)).isEqualTo(whole);
        assertThat(read(stream(USERS, rows), 7_001)).isEqualTo(whole);
    }

    @Test
    void theFirstRowsAreHandedOverBeforeTheLastAreMade() {
        List<RowEvent> rows = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            rows.add(user(i, "x".repeat(1_000)));
        }
        LoadDataStream file = stream(USERS, rows);

        assertThat(file.read(new byte[1 << 20], 0, 1 << 20)).isBetween(64 * 1024, 70 * 1024);
    }

    @Test
    void aRowOfAnySizeIsWhole() {
        String large = "y".repeat(3_000_000);

        assertThat(read(stream(USERS, List.of(user(1, large), user(2, "z"))), 4_096))
                .startsWith("1\t" + large + "\t")
                .contains("\n2\tz\t");
    }

    @Test
    void aMalformedRowEndsTheFileBehindTheRowBefore() {
        LoadDataStream file = stream(USERS, List.of(user(1, "Ada"), broken(user(2, "Grace")), user(3, "Joan")));

        assertThat(read(file, 4_096)).startsWith("1\tAda\t").endsWith("\n").doesNotContain("2\t", "Joan");
        assertThatThrownBy(file::rows).isInstanceOf(MalformedRowException.class);
    }

    @Test
    void aValueThatNoFileCanHoldEndsItBehindTheRowBefore() {
        RowSchema moods = SampleTable.named("moods")
                .column("id", ColumnKind.INT)
                .with(SampleColumn.of("mood", ColumnKind.ENUM).type("enum('good')"))
                .rows();
        SampleRows some = SampleRows.of(moods);
        LoadDataStream file =
                stream(moods, List.of(new RowEvent(some.at(0, 1, "good")), new RowEvent(some.at(1, 2, ""))));

        assertThat(read(file, 4_096)).startsWith("1\tgood\t").hasLineCount(1);
        assertThat(file.rows()).isEqualTo(1);
    }

    private static LoadDataStream stream(RowSchema schema, List<RowEvent> rows) {
        return new LoadDataStream(new RowSource(SampleTarget.like(schema).table()), rows);
    }

    private static String read(LoadDataStream file, int atATime) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[atATime];
        for (int count = file.read(some, 0, atATime); count >= 0; count = file.read(some, 0, atATime)) {
            all.write(some, 0, count);
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private static RowEvent user(int id, String name) {
        return new RowEvent(SampleRows.of(USERS).at(id, id, name));
    }

    private static RowEvent broken(RowEvent row) {
        byte[] value = row.value();
        return new RowEvent(new ConsumerRecord<>(
                row.event().topic(),
                row.event().partition(),
                row.event().offset(),
                row.key(),
                Arrays.copyOf(value, value.length - 2)));
    }
}
