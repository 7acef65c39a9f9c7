package io.syncline.common.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.LoadId;
import io.syncline.common.model.SampleTable;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** ENUMs and SETs with an empty member, which come as number, space and name. */
final class MemberNumberTest {

    private final RowSchema schema = RowSchema.of(SampleTable.named("shop", "things")
            .column("id", ColumnKind.INT)
            .typed("mood", ColumnKind.ENUM, "enum('good','')", "utf8mb4_bin")
            .typed("tags", ColumnKind.SET, "set('','a','b')", "utf8mb4_bin")
            .key("id", "mood", "tags")
            .version(1));

    @Test
    void anErrorValueIsNotTheEmptyMember() {
        assertThat(sunk("1 good", "0 ")).containsExactly("number 7", "text good", "text ");
        assertThat(sunk("2 ", "0 ")).containsExactly("number 7", "text ", "text ");
        assertThat(sunk("0 ", "0 ")).containsExactly("number 7", "member 0 ''", "text ");
    }

    @Test
    void aSetsEmptyMemberIsNotLost() {
        assertThat(sunk("2 ", "1 ")).endsWith("member 1 ''");
        assertThat(sunk("2 ", "6 a,b")).endsWith("text a,b");
        assertThat(sunk("2 ", "7 a,b")).endsWith("member 7 'a,b'");
    }

    @Test
    void otherReadersSeeANameOrANumber() {
        assertThat(avro("1 good", "6 a,b").get("mood")).hasToString("good");
        assertThat(avro("1 good", "6 a,b").get("tags")).hasToString("a,b");
        assertThat(avro("0 ", "7 a,b").get("mood")).isEqualTo(0L);
        assertThat(avro("0 ", "7 a,b").get("tags")).isEqualTo(7L);
    }

    private RowEncoder encoded(String mood, String tags) {
        RowEncoder encoder = new RowEncoder(schema, new LoadId("1.0"), null);
        encoder.encode(FakeRow.of(FakeRow.integer(7), FakeRow.text(mood), FakeRow.text(tags)));
        return encoder;
    }

    private GenericRecord avro(String mood, String tags) {
        return PlainAvro.row(schema.value(), encoded(mood, tags).value());
    }

    /** The row's values, which are those of its key. */
    private List<String> sunk(String mood, String tags) {
        RowEncoder encoder = encoded(mood, tags);
        RowDecoder decoder = new RowDecoder(schema);
        RecordingSink row = new RecordingSink();
        decoder.begin(encoder.value());
        decoder.columns(new boolean[] {true, true, true}, row);
        RecordingSink key = new RecordingSink();
        decoder.key(encoder.key(), key);
        assertThat(key.values()).isEqualTo(row.values());
        return row.values();
    }
}
