package io.syncline.common.config;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as users write them: seconds, with decimals if they like. */
final class Seconds {

    private static final BigDecimal MOST = BigDecimal.valueOf(366L * 24 * 3600);
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

    private Seconds() {}

    /** @throws IllegalArgumentException for text that is no number from 0 to a year */
    static Duration parse(String text) {
        BigDecimal seconds = new BigDecimal(text.trim());
        if (seconds.signum() < 0 || seconds.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(text + " is not from 0 to " + MOST);
        }
        return Duration.ofNanos(seconds.multiply(NANOS).longValue());
    }
}
