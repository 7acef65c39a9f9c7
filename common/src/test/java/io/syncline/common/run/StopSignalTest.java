package io.syncline.common.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StopSignalTest {

    @Test
    void whoSleepsIsWokenByAStop() {
        StopSignal stop = new StopSignal();
        assertThat(stop.await(Duration.ZERO)).isFalse();
        assertThat(stop.isStopped()).isFalse();

        stop.stop();

        assertThat(stop.await(Duration.ofDays(1))).isTrue();
        assertThat(stop.isStopped()).isTrue();
    }

    @Test
    void anInterruptedSleeperIsToldToStopAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        assertThat(new StopSignal().await(Duration.ofDays(1))).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }
}
