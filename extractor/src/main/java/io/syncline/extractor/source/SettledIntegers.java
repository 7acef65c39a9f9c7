package io.syncline.extractor.source;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The bound of modifiers that are integers, which know no clock: numbers are taken in order but committed in any, so the
 * greatest one that a pass saw is safe only when every transaction that was open at that time has ended. Not thread-safe.
 */
public final class SettledIntegers {

    private record Sample(long newest, LocalDateTime at) {}

    private final Duration lag;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private @Nullable Long settled;
    private @Nullable Long fresh;
    private long freshNanoTime;

    public SettledIntegers(Duration lag) {
        this.lag = lag;
    }

    /** Notes the greatest integer that a pass saw, when its reading is over. */
    public void saw(long newest, long nanoTime) {
        if (fresh == null) {
            fresh = newest;
        } else {
            fresh = Math.max(fresh, newest);
        }
        freshNanoTime = nanoTime;
    }

    /** The greatest integer below which nothing more can appear to who reads after the look, at least {@code previous}. */
    public @Nullable Long next(SourceMoment moment, @Nullable Long previous) {
        Long newest = fresh;
        if (newest != null && moment.nanoTime() >= freshNanoTime) {
            // this look is the first one known to be later than what was seen
            samples.addLast(new Sample(newest, moment.utc()));
            fresh = null;
        }
        LocalDateTime began = moment.oldestBegan().minus(lag);
        while (!samples.isEmpty() && samples.getFirst().at().isBefore(began)) {
            settled = greater(settled, samples.removeFirst().newest());
        }
        return previous == null ? settled : greater(settled, previous);
    }

    private static Long greater(@Nullable Long one, long other) {
        return one == null ? other : Math.max(one, other);
    }
}
