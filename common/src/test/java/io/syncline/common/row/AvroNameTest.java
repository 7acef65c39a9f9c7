package io.syncline.common.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.HostileNames;
import io.syncline.common.model.SampleTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

final class AvroNameTest {

    @Test
    void usualNamesStayAsTheyAre() {
        assertThat(AvroName.of("order_items2")).isEqualTo("order_items2");
        assertThat(AvroName.of("_dlt_id")).isEqualTo("_dlt_id");
    }

    @Test
    void otherCharactersBecomeTheirCode() {
        assertThat(AvroName.of("a b")).isEqualTo("a_x0020b");
        assertThat(AvroName.of("1a")).isEqualTo("_x0031a");
        assertThat(AvroName.of("\ud83d\ude00")).isEqualTo("_xd83d_xde00");
    }

    @Test
    void whatLooksLikeAnEscapeOrLikeOursIsEscapedItself() {
        assertThat(AvroName.of("a_x0020b")).isEqualTo("a_x005fx0020b");
        assertThat(AvroName.of("_syncline_load_id")).isEqualTo("_x005fsyncline_load_id");
    }

    @Test
    void hostileNamesAreLegalAndDoNotMeet() {
        Map<String, String> names = new HashMap<>();
        for (String name : HostileNames.all()) {
            String escaped = AvroName.of(name);
            assertThat(escaped).matches("[A-Za-z_][A-Za-z0-9_]*");
            assertThat(names.put(escaped, name)).as(name).isNull();
        }
    }

    @Test
    void randomNamesOfTheCriticalCharactersDoNotMeet() {
        Random random = new Random(42);
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int length = 1 + random.nextInt(9); length > 0; length--) {
                name.append("_x05f-.é".charAt(random.nextInt(8)));
            }
            String known = names.put(AvroName.of(name.toString()), name.toString());
            assertThat(known == null || known.contentEquals(name))
                    .as("%s and %s", known, name)
                    .isTrue();
        }
    }

    @Test
    void aTableOfHostileNamesHasASchemaThatAvroParses() {
        SampleTable table = SampleTable.named("my-shop.de", "2024`s orders");
        List<String> names = HostileNames.all();
        names.forEach(name -> table.nullable(name, ColumnKind.TEXT));

        RowSchema schema = RowSchema.of(table.key("a").version(3));

        Schema parsed = new Schema.Parser().parse(schema.value().toString());
        assertThat(parsed).isEqualTo(schema.value());
        assertThat(parsed.getFields().stream().skip(3).map(field -> field.getProp("column")))
                .containsExactlyElementsOf(names);
    }
}
