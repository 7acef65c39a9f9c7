package io.syncline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private static final String OVER = "\r\u001b[K";

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);

    @Test
    void aStatusIsDrawnOverTheLastOneOnATerminal() {
        var terminal = new Terminal(out, true);
        terminal.status("1 %");
        terminal.status("2 %");
        terminal.line("done");

        assertThat(shownText()).isEqualTo(OVER + "1 %" + OVER + "2 %\ndone\n");
    }

    @Test
    void aStatusIsALineElsewhere() {
        var terminal = new Terminal(out, false);
        terminal.status("1 %");
        terminal.line("done");

        assertThat(shownText()).isEqualTo("1 %\ndone\n");
    }

    @Test
    void aStepSaysHowLongItTook() throws Exception {
        var result = new Terminal(out, false).step("Kafka", () -> 42);

        assertThat(result).isEqualTo(42);
        assertThat(shownText()).matches(" +\\d+\\.\\d s  Kafka\n");
    }

    private String shownText() {
        return shown.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
