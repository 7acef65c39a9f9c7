package io.syncline.extractor.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.row.ModifierOrder;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SafeBoundTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2024, 3, 10, 12, 0);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ModifierOrder DATETIME = new ModifierOrder(ColumnKind.DATETIME);

    private final SafeBound timestamps = new SafeBound(new ModifierOrder(ColumnKind.TIMESTAMP), Duration.ZERO);
    private final SafeBound datetimes = new SafeBound(DATETIME, Duration.ZERO);

    @Test
    void aTimestampsBoundIsTheStartOfTheOldestTransaction() {
        assertThat(text(timestamps.next(utc(NOON, SECOND), null, null))).isEqualTo("2024-03-10 11:59:59");
        assertThat(text(timestamps.next(utc(NOON, Duration.ofMinutes(10)), null, null)))
                .isEqualTo("2024-03-10 11:50:00");
    }

    @Test
    void aTimestampsBoundHeedsTheLagButNeitherTheZoneNorTheRows() {
        SafeBound lagging = new SafeBound(new ModifierOrder(ColumnKind.TIMESTAMP), Duration.ofSeconds(30));
        SourceMoment tokyo = new SourceMoment(NOON, NOON.plusHours(9), SECOND, 0);

        assertThat(text(lagging.next(tokyo, null, atOnce(ordinal("2030-01-01 00:00:00")))))
                .isEqualTo("2024-03-10 11:59:29");
    }

    @Test
    void aTimestampsBoundNeverGoesBack() {
        Random random = new Random(7);
        LocalDateTime now = NOON;
        Long bound = null;
        for (int i = 0; i < 1000; i++) {
            now = now.plusSeconds(random.nextInt(5));
            Long next = timestamps.next(utc(now, Duration.ofSeconds(1 + random.nextInt(600))), bound, null);
            assertThat(next).isNotNull();
            if (bound != null) {
                assertThat(next).isGreaterThanOrEqualTo(bound);
            }
            assertThat(next).isLessThan(DATETIME.floor(now));
            bound = next;
        }
    }

    @Test
    void aDatetimesBoundIsTheNewestRowLessTheAgeOfTheOldestTransaction() {
        assertThat(text(datetimes.next(utc(NOON, SECOND), null, atOnce(ordinal("2024-03-10 11:30:00")))))
                .isEqualTo("2024-03-10 11:29:59");
    }

    @Test
    void whatIsStampedAfterTheLookMovesADatetimesBoundNoFurtherThanWhatIsStampedAtIt() {
        SourceMoment newYork = new SourceMoment(NOON.plusHours(5), NOON, Duration.ofSeconds(61), 0);
        Newest late = new Newest(ordinal("2024-03-10 12:10:00"), Duration.ofMinutes(10));

        assertThat(text(datetimes.next(newYork, null, late))).isEqualTo("2024-03-10 11:58:59");
        assertThat(text(datetimes.next(utc(NOON, SECOND), null, late))).isEqualTo("2024-03-10 11:59:59");
    }

    @Test
    void withoutRowsADatetimesBoundIsTheClockOfTheWesternmostZone() {
        assertThat(text(datetimes.next(utc(NOON, SECOND), null, null))).isEqualTo("2024-03-09 23:59:59");
        assertThat(text(datetimes.next(utc(NOON, SECOND), null, atOnce(ordinal("2020-01-01 00:00:00")))))
                .isEqualTo("2024-03-09 23:59:59");
    }

    @Test
    void aDatetimesBoundPassesTheNewestRowWhenNothingHasComeForAWhile() {
        long newest = ordinal("2024-03-10 11:30:07");

        assertThat(still(newest, Duration.ofSeconds(61))).isEqualTo("2024-03-10 11:30:06");
        assertThat(still(newest, Duration.ofSeconds(62))).isEqualTo("2024-03-10 11:30:07.000001");
    }

    @Test
    void stampsOfWholeMinutesHoursOrDaysMayComeForAsLong() {
        Duration more = Duration.ofSeconds(62);

        assertThat(still(ordinal("2024-03-10 11:30:00"), Duration.ofMinutes(2))).isEqualTo("2024-03-10 11:29:59");
        assertThat(still(ordinal("2024-03-10 11:30:00"), Duration.ofMinutes(1).plus(more)))
                .isEqualTo("2024-03-10 11:30:00.000001");
        assertThat(still(ordinal("2024-03-10 11:00:00"), Duration.ofMinutes(60)))
                .isEqualTo("2024-03-10 10:59:59");
        assertThat(still(ordinal("2024-03-10 11:00:00"), Duration.ofHours(1).plus(more)))
                .isEqualTo("2024-03-10 11:00:00.000001");
        assertThat(still(ordinal("2024-03-10 00:00:00"), Duration.ofHours(24))).isEqualTo("2024-03-09 23:59:59");
        assertThat(still(ordinal("2024-03-10 00:00:00"), Duration.ofHours(24).plus(more)))
                .isEqualTo("2024-03-10 00:00:00.000001");
    }

    private static String still(long newest, Duration standstill) {
        Long bound = new SafeBound(DATETIME, Duration.ZERO).next(utc(NOON, SECOND), null, atOnce(newest), standstill);
        return String.valueOf(text(bound));
    }

    @Test
    void theNewestRowCountsOnlyWhereACalendarHasItsDate() {
        assertThat(text(datetimes.next(utc(NOON, SECOND), null, atOnce(ordinal("0000-00-00 00:00:00")))))
                .isEqualTo("2024-03-09 23:59:59");
    }

    /** Whatever zone the writers stamp in and the server is set to, no row to come is below the bound. */
    @Test
    void aDatetimesBoundIsBehindTheWritersClockInAnyZone() {
        Random random = new Random(11);
        for (int quarters = -12 * 4; quarters <= 14 * 4; quarters++) {
            for (int server : new int[] {0, quarters, -5 * 4, 9 * 4}) {
                LocalDateTime now = NOON;
                Long bound = null;
                for (int pass = 0; pass < 40; pass++) {
                    now = now.plusSeconds(random.nextInt(900));
                    Duration oldest = Duration.ofSeconds(1 + random.nextInt(300));
                    LocalDateTime writers = now.plusMinutes(quarters * 15L);
                    SourceMoment moment = new SourceMoment(now, now.plusMinutes(server * 15L), oldest, 0);
                    Duration sinceLook = Duration.ofSeconds(random.nextInt(600));
                    bound = datetimes.next(moment, bound, newest(moment, writers, sinceLook));
                    assertThat(bound)
                            .as("writers %d quarters, server %d quarters", quarters, server)
                            .isLessThanOrEqualTo(DATETIME.floor(writers.minusSeconds(1)));
                }
            }
        }
    }

    /** Of rows written now and then until they are read, the newest that is plausible. */
    private @Nullable Newest newest(SourceMoment moment, LocalDateTime writers, Duration sinceLook) {
        return List.of(0L, 60L, 3600L, 7200L, 5 * 3600L, 11 * 3600L, 15 * 3600L).stream()
                .map(age -> new Newest(DATETIME.floor(writers.plus(sinceLook).minusSeconds(age)), sinceLook))
                .filter(read -> datetimes.isPlausible(read, moment))
                .max(Comparator.comparingLong(Newest::modifier))
                .orElse(null);
    }

    @Test
    void aDatetimesBoundIsSetBackWithTheServersClock() {
        // Berlin, 2024-10-27: 03:00 became 02:00
        SourceMoment after = new SourceMoment(at("2024-10-27T01:00:10"), at("2024-10-27T02:00:10"), SECOND, 0);
        long bound = ordinal("2024-10-27 02:59:58");

        assertThat(text(datetimes.setBack(after, bound, Duration.ZERO))).isEqualTo("2024-10-27 01:00:09");
        assertThat(text(datetimes.setBack(after, bound, Duration.ofHours(1)))).isEqualTo("2024-10-27 01:59:58");
    }

    @Test
    void aDatetimesBoundIsSetBackWithTheZoneThoughTheClockHasCaughtUp() {
        SourceMoment after = new SourceMoment(at("2024-10-27T02:10:00"), at("2024-10-27T03:10:00"), SECOND, 0);
        long bound = ordinal("2024-10-27 02:49:50");

        assertThat(datetimes.setBack(after, bound, Duration.ZERO)).isEqualTo(bound);
        assertThat(text(datetimes.setBack(after, bound, Duration.ofHours(1)))).isEqualTo("2024-10-27 01:49:50");
    }

    @Test
    void anOlderTransactionSetsNoBoundBack() {
        long bound = ordinal("2024-03-10 11:59:59");

        assertThat(datetimes.setBack(utc(NOON, Duration.ofMinutes(2)), bound, Duration.ZERO))
                .isEqualTo(bound);
    }

    @Test
    void aTimestampsBoundIsNotSetBackWithAZone() {
        long bound = ordinal("2024-03-10 11:59:59");

        assertThat(timestamps.setBack(utc(NOON, SECOND), bound, Duration.ofHours(1)))
                .isEqualTo(bound);
    }

    /** New York, 2024-11-03: 02:00 became 01:00. */
    @Test
    void inTheRepeatedHourWhatWasStampedBeforeMovesABoundNoFurtherThanTheClock() {
        Newest before = atOnce(ordinal("2024-11-03 01:59:58"));
        Duration minute = Duration.ofMinutes(1);

        for (int second = 0; second < 3600; second += 5) {
            LocalDateTime local = at("2024-11-03T01:00:00").plusSeconds(second);
            SourceMoment moment = new SourceMoment(local.plusHours(5), local, minute, 0);
            Duration standstill = Duration.ofSeconds(second);
            assertThat(datetimes.next(moment, null, before, standstill))
                    .as("at %s", local)
                    .isLessThanOrEqualTo(DATETIME.floor(local.minus(minute)));
        }
    }

    @Test
    void aDatetimesBoundOtherwiseNeverGoesBack() {
        Long bound = ordinal("2024-03-10 11:00:00");

        assertThat(datetimes.next(utc(NOON, Duration.ofHours(3)), bound, atOnce(ordinal("2024-03-10 11:30:00"))))
                .isEqualTo(bound);
    }

    @Test
    void rowsFromTheFutureAreNotPlausible() {
        SourceMoment east = new SourceMoment(NOON, NOON.plusHours(2), SECOND, 0);
        SourceMoment west = new SourceMoment(NOON, NOON.minusHours(5), SECOND, 0);

        assertThat(datetimes.isPlausible(atOnce(ordinal("2024-03-10 14:00:00")), east))
                .isTrue();
        assertThat(datetimes.isPlausible(atOnce(ordinal("2024-03-10 14:00:00.000001")), east))
                .isFalse();
        assertThat(datetimes.isPlausible(atOnce(ordinal("2024-03-10 12:00:00")), west))
                .isTrue();
        assertThat(datetimes.isPlausible(atOnce(ordinal("2024-03-10 12:00:00.000001")), west))
                .isFalse();
        assertThat(datetimes.isPlausible(atOnce(ordinal("0000-00-00 00:00:00")), west))
                .isTrue();
        Duration minute = Duration.ofMinutes(1);
        assertThat(datetimes.isPlausible(new Newest(ordinal("2024-03-10 14:01:00"), minute), east))
                .isTrue();
        assertThat(datetimes.isPlausible(new Newest(ordinal("2024-03-10 14:01:00.000001"), minute), east))
                .isFalse();
    }

    @Test
    void aDatesBoundIsADayThatIsOver() {
        ModifierOrder order = new ModifierOrder(ColumnKind.DATE);
        SafeBound dates = new SafeBound(order, Duration.ZERO);
        long newest = order.ordinal("2024-03-10");

        Long bound = dates.next(utc(NOON, SECOND), null, atOnce(newest));

        assertThat(bound).isNotNull().isLessThan(newest);
        assertThat(bound == null ? "" : order.text(bound)).isEqualTo("2024-03-09");
        Long later = dates.next(utc(NOON.plusDays(2), SECOND), null, atOnce(newest), Duration.ofDays(2));
        assertThat(later == null ? "" : order.text(later)).isEqualTo("2024-03-11");
        assertThat(dates.isPlausible(atOnce(newest), utc(NOON, SECOND))).isTrue();
        assertThat(dates.isPlausible(atOnce(order.ordinal("2024-03-11")), utc(NOON, SECOND)))
                .isFalse();
    }

    private static SourceMoment utc(LocalDateTime now, Duration oldest) {
        return new SourceMoment(now, now, oldest, 0);
    }

    private static Newest atOnce(long modifier) {
        return new Newest(modifier, Duration.ZERO);
    }

    private static LocalDateTime at(String text) {
        return LocalDateTime.parse(text);
    }

    private static long ordinal(String text) {
        return DATETIME.ordinal(text);
    }

    private static String text(@Nullable Long bound) {
        return bound == null ? "none" : DATETIME.text(bound);
    }
}
