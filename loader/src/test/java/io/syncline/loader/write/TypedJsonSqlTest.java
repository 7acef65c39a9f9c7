package io.syncline.loader.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.common.row.MalformedRowException;
import io.syncline.common.row.TypedJson;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TypedJsonSqlTest {

    private static final TypedJsonSql.Operands BRIEF = new TypedJsonSql.Operands() {
        @Override
        public String text(String value) {
            return "<" + value + ">";
        }

        @Override
        public String bytes(byte[] value) {
            return "0x" + HexFormat.of().formatHex(value);
        }
    };

    private static String column(String type, String value) {
        return "(SELECT CAST(v AS JSON) FROM JSON_TABLE(JSON_ARRAY(" + value + "), '$[0]' COLUMNS (v " + type
                + " PATH '$' ERROR ON ERROR)) t)";
    }

    private static String alone(String type, String json) {
        String sql = TypedJsonSql.of(new TypedJson(json, Map.of("$", type)), BRIEF);
        String before = "JSON_REPLACE(CAST(<" + json + "> AS JSON), <$>, ";
        assertThat(sql).startsWith(before).endsWith(")");
        return sql.substring(before.length(), sql.length() - 1);
    }

    @Test
    void everyValueIsPutInItsPlace() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("$.\"a b\"", "DATE");
        types.put("$.\"of\"[1]", "DECIMAL");

        assertThat(TypedJsonSql.of(new TypedJson("{\"a b\": \"2024-02-31\", \"of\": [2.5, -2.50]}", types), BRIEF))
                .isEqualTo("JSON_REPLACE(CAST(<{\"a b\": \"2024-02-31\", \"of\": [2.5, -2.50]}> AS JSON),"
                        + " <$.\"a b\">, CAST(<2024-02-31> AS DATE),"
                        + " <$.\"of\"[1]>, CAST(<-2.50> AS DECIMAL(3,2)))");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "DECIMAL|-12.500|CAST(<-12.500> AS DECIMAL(5,3))",
                "DECIMAL|0.00010|CAST(<0.00010> AS DECIMAL(5,5))",
                "DECIMAL|3|CAST(<3> AS DECIMAL(1,0))",
                "DECIMAL|99999999999999999999|CAST(<99999999999999999999> AS DECIMAL(20,0))",
                "TIME|\"-838:59:59.000000\"|CAST(<-838:59:59.000000> AS TIME(6))",
                "DATETIME|\"0000-00-00 00:00:00.000000\"|CAST(<0000-00-00 00:00:00.000000> AS DATETIME(6))",
                "BLOB|\"base64:type15:AP9B\"|0x00ff41",
                "BLOB|\"base64:type253:AP9B\"|0x00ff41",
                "OPAQUE|\"base64:type245:AP9B\"|0x00ff41",
                "BLOB|\"base64:type15:\"|0x"
            })
    void whatACastYieldsIsCast(String type, String json, String expression) {
        assertThat(alone(type, json)).isEqualTo(expression);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "BIT|16|/////////" + "/8=|BIT(64)|18446744073709551615",
                "BIT|16|BQ==|BIT(8)|5",
                "BLOB|249|AP9B|TINYBLOB|0x00ff41",
                "BLOB|250|AP\\n9B|MEDIUMBLOB|0x00ff41",
                "BLOB|251|AP9B|LONGBLOB|0x00ff41",
                "BLOB|252|AP9B|BLOB|0x00ff41",
                "BLOB|254|AP9B|BINARY(3)|0x00ff41"
            })
    void binaryDataOfOtherTypesComesFromAColumn(
            String type, int number, String base64, String columnType, String value) {
        assertThat(alone(type, "\"base64:type" + number + ":" + base64 + "\"")).isEqualTo(column(columnType, value));
    }

    @ParameterizedTest
    @CsvSource({
        "0000-00-00 00:00:00.000000, true",
        "1970-01-01 00:00:00.999999, false",
        "1970-01-01 00:00:01.000000, true",
        "2038-01-19 03:14:07.999999, true",
        "2038-01-19 03:14:08.000000, false",
        "1969-12-31 12:00:01.000000, false"
    })
    void aTimestampIsADatetimeWhereItIsNoneInUtc(String text, boolean isTimestamp) {
        assertThat(alone("TIMESTAMP", "\"" + text + "\""))
                .isEqualTo(
                        isTimestamp ? column("TIMESTAMP(6)", "<" + text + ">") : "CAST(<" + text + "> AS DATETIME(6))");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {"STRING|\"x\"", "DECIMAL|\"1.5\"", "DATE|1", "BLOB|\"AP9B\"", "BIT|\"base64:type99999999999:AA==\""
            })
    void whatMySqlDoesNotWriteIsMalformed(String type, String json) {
        assertThatThrownBy(() -> alone(type, json)).isInstanceOf(MalformedRowException.class);
    }
}
