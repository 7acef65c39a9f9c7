package io.syncline.extractor.source;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.row.ModifierOrder;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The modifier below which every row is committed and visible, for modifiers that are dates or times.
 *
 * <p>A TIMESTAMP is stamped by the database's clock, so the bound is that clock less the age of the oldest transaction. A
 * DATETIME is stamped in a zone that only its writers know: there the newest modifier that is not in the future stands in
 * for the clock, for whatever offset the writers have, it has it too; the time between the look and its reading is taken off,
 * since it may be as much younger than the look. It is trusted to lag at most {@link #ANY_ZONE}
 * behind UTC, and, where many rows would be read again on every pass, to have gone on when nothing has come for
 * {@link #STANDSTILL}. When the local clock is set back, at the end of daylight saving, the bound is set back before the next
 * pass, and until that clock has caught up, what was stamped before counts as stamped now.
 */
public record SafeBound(ModifierOrder order, Duration lag) {

    /** The westernmost zone is twelve hours behind UTC. */
    private static final Duration ANY_ZONE = Duration.ofHours(12);

    private static final Duration CLOCK_CHANGE = Duration.ofHours(1);

    /** Longer than a job that stamps all of its rows with one value should rest between two of its transactions. */
    private static final Duration STANDSTILL = Duration.ofMinutes(1);

    /**
     * The next bound; null where nothing is known yet.
     *
     * @param moment looked at before the rows were read
     * @param previous the bound so far
     * @param newest the greatest modifier read that {@link #isPlausible}
     */
    public @Nullable Long next(SourceMoment moment, @Nullable Long previous, @Nullable Newest newest) {
        return next(moment, previous, newest, Duration.ZERO);
    }

    /**
     * The same for a table of whose rows at or above the bound there are many, which cost the source much to read on each pass: when
     * nothing new has come with the newest modifier for a while, the bound is just above it.
     *
     * @param standstill for how long nothing has
     */
    public @Nullable Long next(
            SourceMoment moment, @Nullable Long previous, @Nullable Newest newest, Duration standstill) {
        Duration behind = moment.oldest().plus(lag);
        if (order.kind() == ColumnKind.TIMESTAMP) {
            return greater(previous, order.floor(moment.utc().minus(behind)));
        }
        Long bound = greater(previous, order.floor(moment.utc().minus(ANY_ZONE).minus(behind)));
        Optional<LocalDateTime> seen = newest == null ? Optional.empty() : order.time(newest.modifier());
        if (newest != null && seen.isPresent()) {
            Duration patience = STANDSTILL.plus(coarseness(seen.get())).plus(behind);
            LocalDateTime stamped = standstill.compareTo(patience) > 0
                    ? seen.get().plus(tick())
                    : seen.get().minus(newest.sinceLook()).minus(behind);
            bound = greater(bound, order.floor(notRepeated(stamped, moment.local(), behind)));
        }
        return bound;
    }

    /** What is ahead of the local clock by less than an hour may be of the time before that was set back. */
    private static LocalDateTime notRepeated(LocalDateTime stamped, LocalDateTime local, Duration behind) {
        LocalDateTime safe = local.minus(behind);
        return stamped.isAfter(safe) && !stamped.isAfter(local.plus(CLOCK_CHANGE)) ? safe : stamped;
    }

    /**
     * The bound from which a pass must read: a clock that was set back stamps once more what it has stamped before.
     *
     * @param moment looked at before the pass
     * @param bound of the last pass
     * @param change by how much the server's zone is known to have been set back since
     */
    public long setBack(SourceMoment moment, long bound, Duration change) {
        Optional<LocalDateTime> time = order.kind() == ColumnKind.TIMESTAMP ? Optional.empty() : order.time(bound);
        if (time.isEmpty()) {
            return bound;
        }
        long back = order.floor(time.get().minus(change));
        LocalDateTime local = moment.local();
        boolean ahead = back > order.floor(latest(moment));
        boolean repeated = back > order.floor(local) && back <= order.floor(local.plus(CLOCK_CHANGE));
        if (!ahead && !repeated) {
            return back;
        }
        LocalDateTime now = repeated ? local : latest(moment);
        return order.floor(now.minus(CLOCK_CHANGE).minus(moment.oldest()).minus(lag));
    }

    private Duration tick() {
        return order.kind() == ColumnKind.DATE ? Duration.ofDays(1) : Duration.ofNanos(1_000);
    }

    /** For how long writers may stamp the same, by the look of it: those of whole days, hours or minutes. */
    private static Duration coarseness(LocalDateTime stamp) {
        return Stream.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES)
                .filter(unit -> stamp.truncatedTo(unit).equals(stamp))
                .findFirst()
                .map(ChronoUnit::getDuration)
                .orElse(Duration.ZERO);
    }

    /** The bound an hour earlier, where the server's clock has shown it twice and it was the first time. */
    public long anHourEarlier(long bound) {
        return order.time(bound)
                .map(time -> order.floor(time.minus(CLOCK_CHANGE)))
                .orElse(bound);
    }

    /** Whether a modifier can have been stamped by the time it was read, in UTC or in the server's zone. */
    public boolean isPlausible(Newest read, SourceMoment moment) {
        return read.modifier() <= order.floor(latest(moment).plus(read.sinceLook()));
    }

    private static LocalDateTime latest(SourceMoment moment) {
        return moment.local().isAfter(moment.utc()) ? moment.local() : moment.utc();
    }

    private static Long greater(@Nullable Long previous, long other) {
        return previous == null ? other : Math.max(previous, other);
    }
}
