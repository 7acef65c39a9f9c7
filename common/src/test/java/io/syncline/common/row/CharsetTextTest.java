package io.syncline.common.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.LoadId;
import io.syncline.common.model.SampleTable;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts of charsets with characters that Unicode lacks, which come behind a mark. */
final class CharsetTextTest {

    private final RowSchema schema = RowSchema.of(SampleTable.named("shop", "things")
            .column("id", ColumnKind.INT)
            .text("word", "sjis")
            .key("id")
            .version(1));

    @Test
    void whatUnicodeHasIsAText() {
        assertThat(sunk(FakeRow.text("=表=#"))).containsExactly("number 7", "text 表=#");
        assertThat(sunk(FakeRow.text("="))).containsExactly("number 7", "text ");
        assertThat(avro(FakeRow.text("=表"))).hasToString("表");
    }

    @Test
    void whatUnicodeLacksComesAsItsBytes() {
        byte[] marked = {'#', 'a', (byte) 0xF0, 0x40};
        assertThat(sunk(FakeRow.octets(marked))).containsExactly("number 7", "_sjis x'61f040'");
        assertThat(avro(FakeRow.octets(marked))).isEqualTo(ByteBuffer.wrap(new byte[] {'a', (byte) 0xF0, 0x40}));
    }

    @Test
    void whatTheServerCouldNotMarkIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> encoded(FakeRow.text("!")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("column word")
                .hasMessageContaining("max_allowed_packet; raise that");
        assertThat(avro(FakeRow.text("=!"))).hasToString("!");
    }

    private byte[] encoded(FakeRow.Cell word) {
        RowEncoder encoder = new RowEncoder(schema, new LoadId("1.0"), null);
        encoder.encode(FakeRow.of(FakeRow.integer(7), word));
        return encoder.value();
    }

    private Object avro(FakeRow.Cell word) {
        return PlainAvro.row(schema.value(), encoded(word)).get("word");
    }

    private List<String> sunk(FakeRow.Cell word) {
        RecordingSink row = new RecordingSink();
        RowDecoder decoder = new RowDecoder(schema);
        decoder.begin(encoded(word));
        decoder.columns(new boolean[] {true, true}, row);
        return row.values();
    }
}
