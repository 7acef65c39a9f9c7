package io.syncline.common.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.SampleTable;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

final class RowSchemaTest {

    @Test
    void versionsOfATableDifferInTheirFingerprintThoughTheirColumnsDoNot() {
        Set<Long> fingerprints = new TreeSet<>();
        for (int version = 1; version <= 100; version++) {
            fingerprints.add(orders("orders", version).fingerprint());
        }

        assertThat(fingerprints).hasSize(100);
    }

    @Test
    void tablesOfTheSameColumnsDifferInTheirFingerprint() {
        assertThat(orders("orders", 1).fingerprint())
                .isNotEqualTo(orders("Orders", 1).fingerprint())
                .isNotEqualTo(orders("orders_v1", 1).fingerprint());
    }

    @Test
    void theFingerprintIsTheOneThatAnybodyComputesFromTheSchemasText() {
        RowSchema schema = orders("orders", 4);

        Schema parsed = new Schema.Parser().parse(schema.value().toString());

        assertThat(SchemaNormalization.parsingFingerprint64(parsed)).isEqualTo(schema.fingerprint());
    }

    @Test
    void aNullableColumnsUnionBeginsWithNullAndATimesEndsWithAString() {
        RowSchema schema = orders("orders", 1);

        assertThat(schema.value().getField("id").schema().getType()).isEqualTo(Schema.Type.INT);
        assertThat(types(schema.value().getField("price").schema())).isEqualTo("NULL BYTES");
        assertThat(types(schema.value().getField("changed").schema())).isEqualTo("NULL LONG STRING");
        assertThat(types(schema.value().getField("day").schema())).isEqualTo("INT STRING");
        assertThat(types(schema.value().getField("_syncline_modifier").schema()))
                .isEqualTo("NULL LONG STRING");
        assertThat(types(schema.value().getField("_syncline_generation").schema()))
                .isEqualTo("NULL LONG");
    }

    /** Rows of versions from before the types are read as they were written, and the next extractor publishes a new one. */
    @Test
    void jsonWithTypesIsAnotherStructureThanJsonWithout() {
        RowSchema before = documents(ColumnKind.JSON);
        RowSchema now = documents(ColumnKind.TYPED_JSON);

        assertThat(before.value().getField("doc").schema().getType()).isEqualTo(Schema.Type.STRING);
        assertThat(types(now.value().getField("doc").schema())).isEqualTo("STRING RECORD");
        assertThat(types(now.value().getField("more").schema())).isEqualTo("NULL STRING RECORD");
        assertThat(now.table().sameStructure(before.table())).isFalse();
        Schema parsed = new Schema.Parser().parse(now.value().toString());
        assertThat(SchemaNormalization.parsingFingerprint64(parsed)).isEqualTo(now.fingerprint());
    }

    @Test
    void theSameBytesSayTheSameWhileNamesKindsAndScalesOfTheColumnsStayInTheirOrder() {
        RowSchema before = pairs("a", ColumnKind.INT, "b", 2);

        assertThat(RowSchema.of(before.table().withVersion(3)).readsLike(before))
                .isTrue();
        assertThat(pairs("b", ColumnKind.INT, "a", 2).readsLike(before))
                .as("swapped")
                .isFalse();
        assertThat(pairs("c", ColumnKind.INT, "b", 2).readsLike(before))
                .as("renamed")
                .isFalse();
        assertThat(pairs("a", ColumnKind.LONG, "b", 2).readsLike(before))
                .as("another kind")
                .isFalse();
        assertThat(pairs("a", ColumnKind.INT, "b", 3).readsLike(before))
                .as("another scale")
                .isFalse();
    }

    private static RowSchema pairs(String one, ColumnKind kind, String other, int scale) {
        return RowSchema.of(SampleTable.named("shop", "pairs")
                .column("id", ColumnKind.INT)
                .column(one, kind)
                .decimal(other, 10, scale)
                .key("id")
                .version(2));
    }

    private static RowSchema documents(ColumnKind kind) {
        return RowSchema.of(SampleTable.named("shop", "documents")
                .column("id", ColumnKind.INT)
                .column("doc", kind)
                .nullable("more", kind)
                .key("id")
                .version(1));
    }

    @Test
    void theKeyHoldsTheKeyColumnsAlone() {
        Schema key = orders("orders", 1).key();

        assertThat(key.getFields().stream().map(Schema.Field::name)).containsExactly("day", "id");
    }

    @Test
    void withoutAModifierItsFieldIsNull() {
        RowSchema schema = RowSchema.of(SampleTable.named("shop", "countries")
                .column("code", ColumnKind.TEXT)
                .key("code")
                .version(1));

        assertThat(schema.value().getField("_syncline_modifier").schema().getType())
                .isEqualTo(Schema.Type.NULL);
    }

    private static RowSchema orders(String name, int version) {
        return RowSchema.of(SampleTable.named("shop", name)
                .column("id", ColumnKind.INT)
                .add("price", ColumnKind.DECIMAL, 10, 2, true)
                .column("day", ColumnKind.DATE)
                .nullable("changed", ColumnKind.TIMESTAMP)
                .key("day", "id")
                .modifier("changed")
                .version(version));
    }

    private static String types(Schema union) {
        return String.join(
                " ",
                union.getTypes().stream().map(type -> type.getType().name()).toList());
    }
}
