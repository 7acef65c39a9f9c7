package io.syncline.extractor.source;

import java.time.Duration;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** For how long passes have read the same rows again, as after a load of many rows that all have the newest modifier. Not thread-safe. */
public final class Standstill {

    private record Reading(long newest, long rows, LocalDateTime utc, long nanoTime) {}

    private @Nullable Reading first;

    /**
     * Takes a pass in, when its reading is over.
     *
     * @param rows how many it read
     * @param changed whether some of them are known to be new
     * @param moment looked at before the pass
     * @return since when passes have read what this one read, by the source's clock or this process's, whichever says less
     */
    public Duration after(long newest, long rows, boolean changed, SourceMoment moment, long nanoTime) {
        Reading before = first;
        if (before == null || changed || before.newest() != newest || before.rows() != rows) {
            first = new Reading(newest, rows, moment.utc(), nanoTime);
            return Duration.ZERO;
        }
        Duration here = Duration.ofNanos(moment.nanoTime() - before.nanoTime());
        Duration there = Duration.between(before.utc(), moment.utc());
        return here.compareTo(there) < 0 ? here : there;
    }
}
