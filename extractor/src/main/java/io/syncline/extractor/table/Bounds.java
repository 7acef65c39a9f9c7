package io.syncline.extractor.table;

import io.syncline.common.row.ModifierOrder;
import io.syncline.extractor.source.Newest;
import io.syncline.extractor.source.SafeBound;
import io.syncline.extractor.source.SettledIntegers;
import io.syncline.extractor.source.SourceMoment;
import io.syncline.extractor.source.Standstill;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the next pass over a table begins: the watermark in force, and how a pass moves it. Belongs to one table's thread. */
final class Bounds {

    private final ModifierOrder order;
    private final SafeBound times;
    private final SettledIntegers integers;
    private final Standstill standstill = new Standstill();
    private @Nullable Long watermark;
    private @Nullable Duration zone;

    Bounds(ModifierOrder order, Duration lag, @Nullable String watermark) {
        this.order = order;
        this.times = new SafeBound(order, lag);
        this.integers = new SettledIntegers(lag);
        this.watermark = watermark == null ? null : (Long) order.ordinal(watermark);
    }

    /** Null: from the least modifier on. */
    @Nullable
    String watermark() {
        return text(watermark);
    }

    /**
     * Sets the watermark back before a pass where clocks have been, so that the pass reads what is stamped once more.
     *
     * @param moment looked at before the pass
     */
    void begin(SourceMoment moment) {
        Duration before = zone;
        Duration change = before == null ? Duration.ZERO : before.minus(moment.zone());
        zone = moment.zone();
        if (watermark != null && order.kind().isTemporal()) {
            watermark = times.setBack(moment, watermark, change.isNegative() ? Duration.ZERO : change);
        }
    }

    /** Says of a restored watermark that the server's clock shows it twice: what is stamped the second time may be below it. */
    void shownTwice() {
        if (watermark != null) {
            watermark = times.anHourEarlier(watermark);
        }
    }

    /** Whether a modifier says something of the present: a row from the future does not. */
    boolean isPlausible(Newest read, SourceMoment moment) {
        return !order.kind().isTemporal() || times.isPlausible(read, moment);
    }

    /**
     * The watermark after a pass, or before a first copy.
     *
     * @param moment looked at before the rows were read
     * @param newest the greatest plausible modifier read
     */
    @Nullable
    String after(SourceMoment moment, @Nullable Newest newest) {
        if (order.kind().isTemporal()) {
            return text(times.next(moment, watermark, newest));
        }
        Long next = integers.next(moment, watermark);
        if (newest != null) {
            integers.saw(newest.modifier(), System.nanoTime());
        }
        return text(next);
    }

    /**
     * The watermark after a pass that read many rows.
     *
     * @param rows how many
     * @param changed whether some of them are known to be new
     */
    @Nullable
    String afterMany(SourceMoment moment, Newest newest, long rows, boolean changed) {
        if (!order.kind().isTemporal()) {
            return after(moment, newest);
        }
        Duration still = standstill.after(newest.modifier(), rows, changed, moment, System.nanoTime());
        return text(times.next(moment, watermark, newest, still));
    }

    /** Whether the watermark comes to an integer that was read when what is open at the source has ended. */
    boolean settlesAt(Newest read) {
        return !order.kind().isTemporal() && (watermark == null || read.modifier() > watermark);
    }

    boolean isTemporal() {
        return order.kind().isTemporal();
    }

    /** The watermark that a pass may claim if it is cut off now and goes on after a restart. */
    @Nullable
    String provisional(SourceMoment moment, @Nullable Newest newest) {
        return isTemporal() ? text(times.next(moment, watermark, newest)) : watermark();
    }

    /** Whether one watermark is below the other; null is the lowest. */
    boolean isBelow(@Nullable String one, @Nullable String other) {
        return !Objects.equals(one, other) && Objects.equals(lesser(one, other), one);
    }

    /** The lower of two watermarks; null is the lowest. */
    @Nullable
    String lesser(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return null;
        }
        return order.ordinal(one) <= order.ordinal(other) ? one : other;
    }

    /** Takes a watermark into force, once it is committed or needs no commit. */
    void reached(@Nullable String next) {
        watermark = next == null ? null : (Long) order.ordinal(next);
    }

    long ordinal(String text) {
        return order.ordinal(text);
    }

    private @Nullable String text(@Nullable Long ordinal) {
        return ordinal == null ? null : order.text(ordinal);
    }
}
