package io.syncline.common.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonWalkTest {

    private static List<String> walked(String json) {
        List<String> values = new ArrayList<>();
        JsonWalk.through(json, (number, path, value) -> {
            if (value.isValueNode()) {
                values.add(number + " " + path + " " + value.asText());
            }
        });
        return values;
    }

    /** As MySQL 9.7 answers by {@code JSON_TABLE} with FOR ORDINALITY over {@code $**.*} and {@code $**[*]}. */
    @Test
    void theNumbersAreMySqls() {
        assertThat(walked("{\"a\": [4, [5, 6], {\"q\": 7}], \"b\": {\"x\": 1, \"y\": [2, {\"z\": 3}]}, \"dd\": 10,"
                        + " \"ccc\": {\"b\": {\"d\": 8}, \"c\": 9}}"))
                .containsExactly(
                        "3 $.\"dd\" 10",
                        "-1 $.\"a\"[0] 4",
                        "-4 $.\"a\"[1][0] 5",
                        "-5 $.\"a\"[1][1] 6",
                        "5 $.\"a\"[2].\"q\" 7",
                        "6 $.\"b\".\"x\" 1",
                        "-6 $.\"b\".\"y\"[0] 2",
                        "8 $.\"b\".\"y\"[1].\"z\" 3",
                        "10 $.\"ccc\".\"c\" 9",
                        "11 $.\"ccc\".\"b\".\"d\" 8");
    }

    @Test
    void aScalarAloneIsTheDocument() {
        assertThat(walked("\"x\"")).containsExactly("0 $ x");
    }

    @Test
    void aMembersNameIsQuotedInItsPath() {
        assertThat(walked("{\"\": 1, \"it's \\\"so\\\" \\\\\": 2, \"a.b[0]\": 3, \"\\n\\u0001\": 4, \"ü😀\": 5}"))
                .containsExactly(
                        "1 $.\"\" 1",
                        "2 $.\"it's \\\"so\\\" \\\\\" 2",
                        "3 $.\"a.b[0]\" 3",
                        "4 $.\"\\n\\u0001\" 4",
                        "5 $.\"ü😀\" 5");
    }

    @Test
    void itGoesAsDeepAsMySqlDoes() {
        String deep = "[".repeat(99) + "7" + "]".repeat(99);

        assertThat(walked(deep)).containsExactly("-99 $" + "[0]".repeat(99) + " 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1,", "nope", "{} {}", "\"a", "[01]"})
    void whatIsNoJsonIsMalformed(String text) {
        assertThatThrownBy(() -> walked(text)).isInstanceOf(MalformedRowException.class);
    }
}
