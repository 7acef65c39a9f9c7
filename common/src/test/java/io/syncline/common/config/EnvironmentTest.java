package io.syncline.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvironmentTest {

    private static final String ODD = "p#ä ss=w$rd'`\"\\ {x}%20";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void withoutAFileTheProcessesVariablesCount() {
        Environment environment = Environment.read(Map.of("A", "1", "B", ""), folder);

        assertThat(environment.text("A", "x")).isEqualTo("1");
        assertThat(environment.text("B", "x")).isEqualTo("x");
        assertThat(environment.text("C", "x")).isEqualTo("x");
        assertThat(environment.has("A")).isTrue();
        assertThat(environment.has("B")).isFalse();
        assertThat(environment.faults().isEmpty()).isTrue();
    }

    @Test
    void theProcessesVariablesStandOverThoseOfTheFile() throws IOException {
        dotenv("A=file", "B=file", "# a comment", "", "D = spaced ");

        Environment environment = Environment.read(Map.of("A", "process"), folder);

        assertThat(environment.text("A", "")).isEqualTo("process");
        assertThat(environment.text("B", "")).isEqualTo("file");
        assertThat(environment.text("D", "")).isEqualTo("spaced");
        assertThat(environment.faults().isEmpty()).isTrue();
    }

    @Test
    void aPasswordInDoubleQuotesMayHoldAHashAndSpaces() throws IOException {
        dotenv("A=\"p#ss 'w=rd\"", "B=\"#\"", "C=plain$w=rd%20{x}\\n");

        Environment environment = Environment.read(Map.of(), folder);

        assertThat(environment.text("A", "")).isEqualTo("p#ss 'w=rd");
        assertThat(environment.text("B", "")).isEqualTo("#");
        assertThat(environment.text("C", "")).isEqualTo("plain$w=rd%20{x}\\n");
    }

    @Test
    void aHashWithinAPasswordIsNoCommentAndSingleQuotesTakeAllAsItIs() throws IOException {
        dotenv("A=p#ss", "B='p ss\\n\"'", "C=value # a comment", "D=\"a\\\\b\\\"c\" # comment", "export E=1");

        Environment environment = Environment.read(Map.of(), folder);

        assertThat(environment.text("A", "")).isEqualTo("p#ss");
        assertThat(environment.text("B", "")).isEqualTo("p ss\\n\"");
        assertThat(environment.text("C", "")).isEqualTo("value");
        assertThat(environment.text("D", "")).isEqualTo("a\\b\"c");
        assertThat(environment.text("E", "")).isEqualTo("1");
        assertThat(environment.faults().isEmpty()).isTrue();
    }

    @Test
    void aSecretsFileThatTheProcessNamesStandsOverTheFilesSecret() throws IOException {
        dotenv("PASS=old");
        Path secret = Files.writeString(folder.resolve("secret"), "new \n");

        Environment environment = Environment.read(Map.of("PASS_FILE", secret.toString()), folder);

        assertThat(environment.text("PASS", "")).isEqualTo("new ");
    }

    @Test
    void aLineThatIsNoneIsAFault() throws IOException {
        dotenv("A=1", "this is no line");

        Environment environment = Environment.read(Map.of(), folder);

        assertThat(faults(environment))
                .singleElement()
                .asString()
                .startsWith(".env: ")
                .contains("NAME=value");
    }

    @Test
    void aVariableMayStandInAFileOfItsOwn() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), ODD + "\n");
        Environment environment = Environment.read(Map.of("PASS_FILE", secret.toString()), folder);

        assertThat(environment.has("PASS")).isTrue();
        assertThat(environment.text("PASS", "")).isEqualTo(ODD);
        assertThat(environment.required("PASS", "write it")).isEqualTo(ODD);
        assertThat(environment.faults().isEmpty()).isTrue();
    }

    @Test
    void theVariableItselfStandsOverItsFile() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "file");
        Map<String, String> both = Map.of("PASS_FILE", secret.toString(), "PASS", "direct");

        assertThat(Environment.read(both, folder).text("PASS", "")).isEqualTo("direct");
    }

    @Test
    void aFileThatCannotBeReadIsAFaultWithItsName() {
        String missing = folder.resolve("missing").toString();
        Environment environment = Environment.read(Map.of("PASS_FILE", missing), folder);

        assertThat(environment.text("PASS", "otherwise")).isEqualTo("otherwise");
        assertThat(faults(environment))
                .containsExactly("PASS_FILE: '" + missing
                        + "' cannot be read (NoSuchFileException); name a readable file that holds PASS");
    }

    @Test
    void aMissingVariableIsAFaultWithItsRemedy() {
        Environment environment = Environment.read(Map.of(), folder);

        assertThat(environment.required("HOST", "write a host")).isEmpty();
        assertThat(faults(environment)).containsExactly("HOST: is not set; write a host");
    }

    @Test
    void wholeNumbersAreReadWithinTheirBounds() {
        Environment environment = Environment.read(Map.of("A", " 7 ", "LEAST", "1", "MOST", "10"), folder);

        assertThat(environment.whole("A", 5, 1, 10, "a number")).isEqualTo(7);
        assertThat(environment.whole("LEAST", 5, 1, 10, "a number")).isEqualTo(1);
        assertThat(environment.whole("MOST", 5, 1, 10, "a number")).isEqualTo(10);
        assertThat(environment.whole("UNSET", 5, 1, 10, "a number")).isEqualTo(5);
        assertThat(environment.faults().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10k", "0", "11", "-1", "1.5", "99999999999", "0x5", "1e1"})
    void otherNumbersAreFaults(String value) {
        Environment environment = Environment.read(Map.of("A", value), folder);

        assertThat(environment.whole("A", 5, 1, 10, "a number of rows")).isEqualTo(5);
        assertThat(faults(environment))
                .singleElement()
                .asString()
                .endsWith("' is not a number of rows; write a whole number from 1 to 10, as 5");
    }

    @Test
    void secondsMayHaveDecimals() {
        Map<String, String> variables = Map.of("A", "0.5", "B", "0", "C", "60", "D", " 1e1 ");
        Environment environment = Environment.read(variables, folder);
        Duration otherwise = Duration.ofSeconds(9);

        assertThat(environment.seconds("A", otherwise)).isEqualTo(Duration.ofMillis(500));
        assertThat(environment.seconds("B", otherwise)).isZero();
        assertThat(environment.seconds("C", otherwise)).isEqualTo(Duration.ofMinutes(1));
        assertThat(environment.seconds("D", otherwise)).isEqualTo(Duration.ofSeconds(10));
        assertThat(environment.seconds("UNSET", otherwise)).isEqualTo(otherwise);
        assertThat(environment.faults().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1m", "-1", "NaN", "PT1S", "1e99", "31622401", "1,5"})
    void otherSecondsAreFaults(String value) {
        Environment environment = Environment.read(Map.of("A", value), folder);

        assertThat(environment.seconds("A", Duration.ofSeconds(9))).isEqualTo(Duration.ofSeconds(9));
        assertThat(faults(environment))
                .containsExactly(
                        "A: '" + value + "' is not a number of seconds; write 60, or 0.5, or 0 for a single pass");
    }

    @Test
    void allFaultsAreReportedTogether() {
        Map<String, String> variables = new HashMap<>(Map.of("A", "x", "B", "y", "C", "z"));
        Environment environment = Environment.read(variables, folder);
        environment.required("HOST", "write a host");
        environment.whole("A", 1, 0, 2, "a port");
        environment.seconds("B", Duration.ZERO);
        environment.matching("C", "ok", "ok"::equals, "is not ok; write ok");

        assertThatThrownBy(environment.faults()::throwIfAny)
                .asInstanceOf(type(ConfigurationException.class))
                .extracting(ConfigurationException::faults)
                .isEqualTo(List.of(
                        "HOST: is not set; write a host",
                        "A: 'x' is not a port; write a whole number from 0 to 2, as 1",
                        "B: 'y' is not a number of seconds; write 60, or 0.5, or 0 for a single pass",
                        "C: 'z' is not ok; write ok"));
    }

    @Test
    void withoutAFaultNothingIsThrown() {
        Environment.read(Map.of(), folder).faults().throwIfAny();
    }

    private void dotenv(String... lines) throws IOException {
        Files.writeString(folder.resolve(".env"), String.join("\n", lines) + "\n");
    }

    private static List<String> faults(Environment environment) {
        try {
            environment.faults().throwIfAny();
            return List.of();
        } catch (ConfigurationException e) {
            return e.faults();
        }
    }
}
