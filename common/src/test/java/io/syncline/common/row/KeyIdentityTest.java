package io.syncline.common.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.LoadId;
import io.syncline.common.model.SampleTable;
import io.syncline.common.row.FakeRow.Cell;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class KeyIdentityTest {

    private static byte[] identity(SampleTable table, Cell... row) {
        return encoder(table, row).identity();
    }

    private static RowEncoder encoder(SampleTable table, Cell... row) {
        RowEncoder encoder = new RowEncoder(RowSchema.of(table.key("id").version(1)), new LoadId("1.0"), null);
        encoder.encode(FakeRow.of(row));
        return encoder;
    }

    private static SampleTable table() {
        return SampleTable.named("shop", "things");
    }

    private static Cell weight(String weight) {
        return FakeRow.raw(weight.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aKeyThatIsItsOwnBytesIsItsIdentity() {
        RowEncoder encoder = encoder(table().column("id", ColumnKind.BINARY), FakeRow.octets(new byte[] {1, 2}));

        assertThat(encoder.identity()).isEqualTo(encoder.key());
    }

    @Test
    void wholeNumbersAreTheSameInEveryWidthSignAndScale() {
        byte[] five = identity(table().column("id", ColumnKind.INT), FakeRow.integer(5));

        assertThat(identity(table().column("id", ColumnKind.LONG), FakeRow.integer(5)))
                .isEqualTo(five);
        assertThat(identity(table().column("id", ColumnKind.UNSIGNED_LONG), FakeRow.integer(5)))
                .isEqualTo(five);
        assertThat(identity(table().decimal("id", 10, 0), FakeRow.decimal("5"))).isEqualTo(five);
        assertThat(identity(table().decimal("id", 10, 3), FakeRow.decimal("5.000")))
                .isEqualTo(five);
        assertThat(identity(table().decimal("id", 10, 3), FakeRow.decimal("5.100")))
                .isNotEqualTo(five)
                .isEqualTo(identity(table().decimal("id", 40, 20), FakeRow.decimal("5.10000000000000000000")));
        assertThat(identity(table().decimal("id", 5, 2), FakeRow.decimal("0.00")))
                .isEqualTo(identity(table().column("id", ColumnKind.INT), FakeRow.integer(0)));
        assertThat(identity(table().column("id", ColumnKind.UNSIGNED_LONG), FakeRow.unsigned("18446744073709551615")))
                .isEqualTo(identity(table().decimal("id", 30, 1), FakeRow.decimal("18446744073709551615.0")));
    }

    @Test
    void textsAreTheirWeights() {
        SampleTable words = table().typed("id", ColumnKind.TEXT, "varchar(20)", "utf8mb4_unicode_ci");

        RowEncoder small = encoder(words, FakeRow.text("word"), weight("WORD"));
        RowEncoder large = encoder(words, FakeRow.text("Word "), weight("WORD"));

        assertThat(large.key()).isNotEqualTo(small.key());
        assertThat(large.identity()).isEqualTo(small.identity());
        assertThat(large.identityDigest()).isEqualTo(small.identityDigest());
        assertThat(identity(words, FakeRow.text("other"), weight("OTHER"))).isNotEqualTo(small.identity());
    }

    @Test
    void theWeightsOfSeveralColumnsDoNotRunIntoOneAnother() {
        SampleTable pairs = table().typed("id", ColumnKind.TEXT, "varchar(20)", "utf8mb4_bin")
                .typed("part", ColumnKind.TEXT, "varchar(20)", "utf8mb4_bin");
        RowSchema schema = RowSchema.of(pairs.key("id", "part").version(1));

        assertThat(identity(schema, "ab", "c")).isNotEqualTo(identity(schema, "a", "bc"));
    }

    private static byte[] identity(RowSchema schema, String one, String other) {
        RowEncoder encoder = new RowEncoder(schema, new LoadId("1.0"), null);
        encoder.encode(FakeRow.of(FakeRow.text(one), FakeRow.text(other), weight(one), weight(other)));
        return encoder.identity();
    }
}
