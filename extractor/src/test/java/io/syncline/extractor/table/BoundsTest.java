package io.syncline.extractor.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.row.ModifierOrder;
import io.syncline.extractor.source.Newest;
import io.syncline.extractor.source.SourceMoment;
import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

final class BoundsTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2024, 3, 10, 12, 0);
    private static final SourceMoment MOMENT = new SourceMoment(NOON, NOON, Duration.ofSeconds(1), 0);

    @Test
    void theWatermarkMovesOnlyWhenItIsReached() {
        Bounds bounds = new Bounds(new ModifierOrder(ColumnKind.TIMESTAMP), Duration.ZERO, null);

        String next = bounds.after(MOMENT, null);

        assertThat(next).isEqualTo("2024-03-10 11:59:59");
        assertThat(bounds.watermark()).isNull();
        bounds.reached(next);
        assertThat(bounds.watermark()).isEqualTo(next);
    }

    @Test
    void aRestoredWatermarkIsInForceAtOnce() {
        Bounds bounds = new Bounds(new ModifierOrder(ColumnKind.UNSIGNED_LONG), Duration.ZERO, "18446744073709551615");

        assertThat(bounds.watermark()).isEqualTo("18446744073709551615");
    }

    @Test
    void integersKnowNoFuture() {
        Bounds integers = new Bounds(new ModifierOrder(ColumnKind.LONG), Duration.ZERO, null);
        ModifierOrder order = new ModifierOrder(ColumnKind.DATETIME);
        Bounds times = new Bounds(order, Duration.ZERO, null);

        assertThat(integers.isPlausible(atOnce(Long.MAX_VALUE), MOMENT)).isTrue();
        assertThat(times.isPlausible(atOnce(order.ordinal("2025-01-01 00:00:00")), MOMENT))
                .isFalse();
    }

    @Test
    void whatIsReadLongAfterTheLookMovesNoBoundBeyondIt() {
        ModifierOrder order = new ModifierOrder(ColumnKind.DATETIME);
        Bounds bounds = new Bounds(order, Duration.ZERO, null);
        Newest late = new Newest(order.ordinal("2024-03-10 12:00:30"), Duration.ofSeconds(30));

        assertThat(bounds.after(MOMENT, late)).isEqualTo("2024-03-10 11:59:59");
        assertThat(bounds.afterMany(MOMENT, late, 1000, true)).isEqualTo("2024-03-10 11:59:59");
        assertThat(bounds.provisional(MOMENT, late)).isEqualTo("2024-03-10 11:59:59");
    }

    @Test
    void aPassBeginsAnHourEarlierWhenTheServersZoneWasSetBackSinceTheLast() {
        Bounds bounds = new Bounds(new ModifierOrder(ColumnKind.DATETIME), Duration.ZERO, "2024-10-27 02:49:50");

        bounds.begin(berlin("2024-10-27T00:50:00", 2));
        assertThat(bounds.watermark()).isEqualTo("2024-10-27 02:49:50");
        bounds.begin(berlin("2024-10-27T02:30:00", 1));
        assertThat(bounds.watermark()).isEqualTo("2024-10-27 01:49:50");
        bounds.begin(berlin("2024-10-27T02:40:00", 1));
        assertThat(bounds.watermark()).isEqualTo("2024-10-27 01:49:50");
    }

    @Test
    void aPassBeginsAnHourEarlierWhenTheWatermarkIsAheadOfTheServersClock() {
        Bounds bounds = new Bounds(new ModifierOrder(ColumnKind.DATETIME), Duration.ZERO, "2024-10-27 02:49:50");

        bounds.begin(berlin("2024-10-27T01:10:00", 1));

        assertThat(bounds.watermark()).isEqualTo("2024-10-27 01:09:59");
    }

    @Test
    void aRestoredWatermarkThatTheServersClockShowsTwiceIsTakenForTheFirst() {
        Bounds bounds = new Bounds(new ModifierOrder(ColumnKind.DATETIME), Duration.ZERO, "2024-10-27 02:49:50");

        bounds.shownTwice();

        assertThat(bounds.watermark()).isEqualTo("2024-10-27 01:49:50");
    }

    @Test
    void integersThatSettledBeforeAPassAreItsBound() {
        Bounds bounds = new Bounds(new ModifierOrder(ColumnKind.LONG), Duration.ZERO, "500");
        Newest read = atOnce(3500);
        assertThat(bounds.settlesAt(read)).isTrue();
        assertThat(bounds.after(laterBySeconds(0), read)).isEqualTo("500");
        assertThat(bounds.after(laterBySeconds(1), null)).isEqualTo("500");
        assertThat(bounds.after(laterBySeconds(3), null)).isEqualTo("3500");

        assertThat(bounds.after(laterBySeconds(3), atOnce(3600))).isEqualTo("3500");
        bounds.reached("3500");
        assertThat(bounds.settlesAt(read)).isFalse();
    }

    private static SourceMoment laterBySeconds(int seconds) {
        LocalDateTime time = NOON.plusSeconds(seconds);
        long nanoTime = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        return new SourceMoment(time, time, Duration.ofSeconds(1), nanoTime);
    }

    @Test
    void noWatermarkIsBelowAllOthers() {
        Bounds bounds = new Bounds(new ModifierOrder(ColumnKind.LONG), Duration.ZERO, null);

        assertThat(bounds.isBelow(null, "9")).isTrue();
        assertThat(bounds.isBelow("9", "10")).isTrue();
        assertThat(bounds.isBelow("10", "10")).isFalse();
        assertThat(bounds.isBelow(null, null)).isFalse();
        assertThat(bounds.isBelow("10", null)).isFalse();
    }

    private static SourceMoment berlin(String utc, int zone) {
        LocalDateTime time = LocalDateTime.parse(utc);
        return new SourceMoment(time, time.plusHours(zone), Duration.ofSeconds(1), 0);
    }

    private static Newest atOnce(long modifier) {
        return new Newest(modifier, Duration.ZERO);
    }
}
