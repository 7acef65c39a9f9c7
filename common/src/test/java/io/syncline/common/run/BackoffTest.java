package io.syncline.common.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {

    @Test
    void eachWaitIsLongerByTheFactorUpToTheCap() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), 2);

        assertThat(IntStream.rangeClosed(1, 6)
                        .mapToObj(failures -> backoff.delayAfter(failures).toMillis()))
                .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
    }

    @Test
    void anyNumberOfFailuresWaitsForTheCap() {
        assertThat(Backoff.TRANSIENT.delayAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(10));
        assertThat(Backoff.HALTED.delayAfter(1000)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void theWaitsForWhatPassesAndForWhatIsHaltedBeginDifferently() {
        assertThat(Backoff.TRANSIENT.delayAfter(1)).isEqualTo(Duration.ofMillis(100));
        assertThat(Backoff.HALTED.delayAfter(1)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void jitterStaysBetweenHalfAndTheWhole() {
        Random random = new Random(5);
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 10_000; i++) {
            long millis = Backoff.HALTED.jitteredDelayAfter(3, random).toMillis();
            least = Math.min(least, millis);
            most = Math.max(most, millis);
        }

        assertThat(least).isBetween(2000L, 2050L);
        assertThat(most).isBetween(3950L, 4000L);
    }

    @Test
    void aBackoffThatDoesNotGrowIsRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, second, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(second, Duration.ofMillis(999), 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(second, second, 0.5)).isInstanceOf(IllegalArgumentException.class);
    }
}
