package io.syncline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class LaunchTest {
    private final Path folder;

    LaunchTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aChildGetsItsOwnVariablesAndNoneOfOurs() {
        var child = start("echo \"$COLOUR\"; env | grep -c '^PATH=\\|^MAVEN\\|^SOURCE_DB'", Map.of("COLOUR", "red"));

        assertThat(child.awaitExit(Duration.ofSeconds(10))).isEqualTo(OptionalInt.of(0));
        assertThat(child.lastLines(5)).isEqualTo("red\n1");
    }

    @Test
    void aChildThatEndedIsReportedWithTheEndOfItsLog() {
        var child = start("echo one; echo two >&2; exit 3", Map.of());
        child.awaitExit(Duration.ofSeconds(10));

        assertThatThrownBy(child::requireAlive)
                .isInstanceOf(ProcessFailure.class)
                .hasMessage("child ended with status 3; the end of its log:\n    one\n    two");
    }

    @Test
    void closingEndsAChildThatCtrlCWouldNot() {
        var child = start("kill -INT $$; while true; do sleep 0.1; done", Map.of());
        assertThat(child.isAlive()).isTrue();
        child.close();

        assertThat(child.isAlive()).isFalse();
    }

    private ChildProcess start(String script, Map<String, String> environment) {
        return ChildProcess.start(
                new Launch("child", List.of("/bin/sh", "-c", script), environment, folder, folder.resolve("log")));
    }
}
