package io.syncline.common.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Names one load: one pass over one table that found rows. The text is the epoch second with seven decimals, as dlt
 * writes it, so that load ids sort by time as text and as number. Thread-safe.
 */
public record LoadId(String text) {

    private static final long TICKS_PER_SECOND = 10_000_000;
    private static final AtomicLong LAST = new AtomicLong();

    /** The next id of this process: {@code now} in ticks of 100 ns, and always greater than the one before. */
    public static LoadId next(Instant now) {
        long tick = now.getEpochSecond() * TICKS_PER_SECOND + now.getNano() / 100;
        long unique = LAST.updateAndGet(last -> Math.max(last + 1, tick));
        return new LoadId(String.format(Locale.ROOT, "%d.%07d", unique / TICKS_PER_SECOND, unique % TICKS_PER_SECOND));
    }

    /** As {@link #next}, and greater than an id that another machine gave, whatever its clock. */
    public static LoadId next(Instant now, @Nullable String previous) {
        if (previous != null) {
            long tick = new BigDecimal(previous).movePointRight(7).longValue();
            LAST.accumulateAndGet(tick, Math::max);
        }
        return next(now);
    }

    @Override
    public String toString() {
        return text;
    }
}
