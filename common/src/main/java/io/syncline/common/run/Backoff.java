package io.syncline.common.run;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after so many failures in a row.
 *
 * @param factor by which each wait is longer than the one before
 */
public record Backoff(Duration first, Duration cap, double factor) {

    /** For what usually passes soon, as a deadlock or a server that restarts. */
    public static final Backoff TRANSIENT = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), 2);
    /** For what someone must mend, as a missing table. */
    public static final Backoff HALTED = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 2);

    public Backoff {
        if (first.isNegative() || first.isZero() || cap.compareTo(first) < 0 || factor < 1) {
            throw new IllegalArgumentException("a backoff grows from a positive wait to a longer one");
        }
    }

    /** @param failures in a row, at least 1 */
    public Duration delayAfter(int failures) {
        double millis = first.toMillis() * Math.pow(factor, failures - 1.0);
        return millis >= cap.toMillis() ? cap : Duration.ofMillis((long) millis);
    }

    /** As {@link #delayAfter}, between half and the whole of it, so that many who failed together do not return together. */
    public Duration jitteredDelayAfter(int failures, RandomGenerator random) {
        long millis = delayAfter(failures).toMillis();
        return Duration.ofMillis(millis - (long) (millis * random.nextDouble() / 2));
    }
}
