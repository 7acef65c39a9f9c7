package io.syncline.loader.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.loader.write.JsonDecimals.Found;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonDecimalsTest {

    private static List<Found> of(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        List<Found> found = JsonDecimals.of(bytes);
        assertThat(JsonDecimals.areIn(bytes, 0, bytes.length)).isEqualTo(!found.isEmpty());
        return found;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.50",
                "5.00",
                "0.00",
                "-0.10",
                "12345678901234567890.123456789012345678901234567890",
                "18446744073709551616",
                "-9223372036854775809",
                "0.12345678901234567",
                "123456789012345678.0"
            })
    void numbersThatNoDoublePrintsSoAreDecimals(String number) {
        assertThat(of(number)).containsExactly(new Found("$", number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.5",
                "1.0",
                "-0.0",
                "0",
                "1e20",
                "-1e-308",
                "5e-324",
                "1.7976931348623157e308",
                "0.1",
                "0.0000001",
                "0.30000000000000004",
                "123456789012345.0",
                "18446744073709551615",
                "-9223372036854775808",
                "null",
                "true",
                "[]",
                "{}",
                "\"1.50\"",
                "\"a\\\"1.50\"",
                "{\"1.50\": \"2.50\"}",
                "[1, -2, 3.25, \"\"]"
            })
    void whatADoubleOrAnIntegerPrintsAlikeIsNone(String json) {
        assertThat(of(json)).isEmpty();
    }

    @Test
    void doublesArePrintedAsTheyAre() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String number = Double.toString(random.nextDouble());
            if (!number.contains("E")) {
                assertThat(of(number)).as(number).isEmpty();
            }
        }
    }

    @Test
    void eachIsFoundWhereItIs() {
        assertThat(
                        of(
                                "{\"a\": 1.50, \"b c\\\"\": [0, {\"ü.$[0]\": [[], [2.50]]}, \"x\", 3.50], \"\": 4.50, \"d\": 5.5}"))
                .containsExactly(
                        new Found("$.\"a\"", "1.50"),
                        new Found("$.\"b c\\\"\"[1].\"ü.$[0]\"[1][0]", "2.50"),
                        new Found("$.\"b c\\\"\"[3]", "3.50"),
                        new Found("$.\"\"", "4.50"));
    }

    @Test
    void aDecimalKeepsItsDigitsAndItsScale() {
        assertThat(new Found("$", "-12.500").cast()).isEqualTo("CAST('-12.500' AS DECIMAL(5,3))");
        assertThat(new Found("$", "0.00010").cast()).isEqualTo("CAST('0.00010' AS DECIMAL(5,5))");
        assertThat(new Found("$", "99999999999999999999").cast())
                .isEqualTo("CAST('99999999999999999999' AS DECIMAL(20,0))");
    }

    @Test
    void whatIsDeeperThanJsonMayBeComesToAnEnd() {
        byte[] bytes = "[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);

        assertThat(JsonDecimals.of(bytes)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[",
                "{\"a",
                "{\"a\": ",
                "[1.5, ",
                "{a}",
                "nope!",
                "\"\\",
                "[1.50",
                "{]",
                "}",
                "1-2.50",
                "--1.50",
                "1.2.30",
                "11111111111111111111-"
            })
    void whatIsNoJsonComesToAnEnd(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JsonDecimals.areIn(bytes, 0, bytes.length);
        assertThat(JsonDecimals.of(bytes).size()).isLessThan(2);
    }
}
