package io.syncline.extractor.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

final class StandstillTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2024, 3, 10, 12, 0);

    private final Standstill standstill = new Standstill();

    private Duration pass(int second, long newest, long rows, boolean changed) {
        return standstill.after(newest, rows, changed, at(second, second), nanos(second));
    }

    private static SourceMoment at(int source, int here) {
        return new SourceMoment(NOON.plusSeconds(source), NOON, Duration.ofSeconds(1), nanos(here));
    }

    private static long nanos(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void passesThatReadTheSameStandStill() {
        assertThat(pass(0, 7, 100, true)).isZero();
        assertThat(pass(10, 7, 100, false)).hasSeconds(10);
        assertThat(pass(20, 7, 100, false)).hasSeconds(20);
    }

    @Test
    void whateverIsNewEndsIt() {
        pass(0, 7, 100, true);
        assertThat(pass(10, 8, 100, false)).isZero();
        assertThat(pass(20, 8, 101, false)).isZero();
        assertThat(pass(30, 8, 101, true)).isZero();
        assertThat(pass(40, 8, 101, false)).hasSeconds(10);
    }

    @Test
    void theClockThatSaysLessCounts() {
        pass(0, 7, 100, true);

        assertThat(standstill.after(7, 100, false, at(5, 100), nanos(100))).hasSeconds(5);
        assertThat(standstill.after(7, 100, false, at(100, 9), nanos(9))).hasSeconds(9);
    }
}
