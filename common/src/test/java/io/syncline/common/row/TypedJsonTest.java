package io.syncline.common.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.LoadId;
import io.syncline.common.model.SampleTable;
import io.syncline.common.row.TypedJson.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two columns of JSON beside a key that has a weight; the types come behind all that. */
final class TypedJsonTest {

    private static final String PRICES = "{\"day\": \"2024-01-02\", \"of\": [12.50, 1.5]}";

    private final RowSchema schema = RowSchema.of(SampleTable.named("shop", "things")
            .column("id", ColumnKind.DOUBLE)
            .nullable("doc", ColumnKind.TYPED_JSON)
            .column("more", ColumnKind.TYPED_JSON)
            .key("id")
            .version(1));

    private RowEncoder encoded(@Nullable String doc, @Nullable String types, @Nullable String typesOfMore) {
        RowEncoder encoder = new RowEncoder(schema, new LoadId("1.0"), null);
        encoder.encode(FakeRow.of(
                FakeRow.real(7),
                doc == null ? null : FakeRow.text(doc),
                FakeRow.text("[3]"),
                raw("7"),
                raw(types),
                raw(typesOfMore)));
        return encoder;
    }

    private static FakeRow.@Nullable Cell raw(@Nullable String text) {
        return text == null ? null : FakeRow.raw(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> sunk(RowDecoder decoder, RowEncoder encoder) {
        RecordingSink row = new RecordingSink();
        decoder.begin(encoder.value());
        decoder.columns(new boolean[] {true, true, true}, row);
        return row.values();
    }

    @Test
    void anOrdinaryDocumentIsAText() {
        RowEncoder ordinary = encoded("[1.5]", "", "");

        assertThat(sunk(new RowDecoder(schema), ordinary)).containsExactly("number 7.0", "text [1.5]", "text [3]");
        assertThat(PlainAvro.row(schema.value(), ordinary.value()).get("doc")).hasToString("[1.5]");
        assertThat(sunk(new RowDecoder(schema), encoded(null, "", ""))).contains("nothing");
    }

    @Test
    void typesComeByTheirPaths() {
        RowEncoder typed =
                encoded(PRICES, "{\"1\": \"DATE\"}{\"-1\": \"DECIMAL\", \"-2\": \"DECIMAL\"}", "{\"-1\": \"DECIMAL\"}");

        assertThat(sunk(new RowDecoder(schema), typed))
                .containsExactly(
                        "number 7.0",
                        "json " + PRICES + " {$.\"day\"=DATE, $.\"of\"[0]=DECIMAL, $.\"of\"[1]=DECIMAL}",
                        "json [3] {$[0]=DECIMAL}");
        assertThat(sunk(RowDecoder.ofTexts(schema), typed)).containsExactly("number 7.0", "text " + PRICES, "text [3]");
    }

    @Test
    void otherReadersSeeARecord() {
        GenericRecord plain = PlainAvro.row(
                schema.value(),
                encoded("\"-01:00:00.000000\"", "{\"0\": \"TIME\"}", "").value());

        assertThat(plain.get("doc"))
                .hasToString("{\"text\": \"\\\"-01:00:00.000000\\\"\", \"types\": {\"$\": \"TIME\"}}");
    }

    @Test
    void aTypeAloneMakesAnotherRow() {
        assertThat(encoded("[1.5]", "", "").digest())
                .isNotEqualTo(encoded("[1.5]", "{\"-1\": \"DECIMAL\"}", "").digest());
    }

    @Test
    void typesThatTheServerCouldNotTellAreNotPassedOver() {
        assertThatThrownBy(() -> encoded("[1.5]", null, ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("column doc")
                .hasMessageContaining("max_allowed_packet");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            delimiter = '|',
            value = {
                "[1.5]|{\"-2\": \"DECIMAL\"}",
                "[1.5]|{\"1\": \"DECIMAL\"}",
                "[1.5]|{\"-1\": \"DATE\"}",
                "[[]]|{\"-1\": \"BLOB\"}",
                "[\"1.5\"]|{\"-1\": \"DECIMAL\"}",
                "[1.5]|garbage"
            })
    void aCountThatIsNotOursIsNoticed(String doc, String told) {
        assertThatThrownBy(() -> encoded(doc, told, ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another order");
    }

    @Test
    void digitsAndCharactersAreKept() {
        String text = "{\"a\\\"b\": [12.50, 123456789012345678901234567890.10, 3], \"t\": \"base64:type15:YQ\\nY=\"}";
        TypedJson json = new TypedJson(
                text,
                Map.of(
                        "$.\"a\\\"b\"[0]", "DECIMAL",
                        "$.\"a\\\"b\"[1]", "DECIMAL",
                        "$.\"a\\\"b\"[2]", "DECIMAL",
                        "$.\"t\"", "BLOB"));

        assertThat(json.values())
                .containsExactlyInAnyOrder(
                        new Value("$.\"a\\\"b\"[0]", "DECIMAL", "12.50"),
                        new Value("$.\"a\\\"b\"[1]", "DECIMAL", "123456789012345678901234567890.10"),
                        new Value("$.\"a\\\"b\"[2]", "DECIMAL", "3"),
                        new Value("$.\"t\"", "BLOB", "base64:type15:YQ\nY="));
    }

    @Test
    void typesOfWhatIsNotInTheTextAreMalformed() {
        assertThatThrownBy(() -> new TypedJson("[1]", Map.of("$[1]", "DECIMAL")).values())
                .isInstanceOf(MalformedRowException.class);
        assertThatThrownBy(() -> new TypedJson("[1]", Map.of("$[0]", "DATE")).values())
                .isInstanceOf(MalformedRowException.class);
    }
}
