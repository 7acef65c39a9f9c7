package io.syncline.extractor.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

final class SettledIntegersTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2024, 3, 10, 12, 0);

    private final SettledIntegers settled = new SettledIntegers(Duration.ZERO);

    @Test
    void withNothingSeenTheBoundStays() {
        assertThat(settled.next(moment(0, 1), null)).isNull();
        assertThat(settled.next(moment(9, 1), 5L)).isEqualTo(5);
    }

    @Test
    void whatWasSeenIsSafeWhenEveryTransactionOfThatTimeHasEnded() {
        settled.saw(100, nanos(0));

        assertThat(settled.next(moment(1, 1), 5L)).isEqualTo(5);
        assertThat(settled.next(moment(2, 1), 5L)).isEqualTo(5);
        assertThat(settled.next(moment(3, 1), 5L)).isEqualTo(100);
    }

    @Test
    void whatHasSettledIsRemembered() {
        settled.saw(100, nanos(0));
        settled.next(moment(1, 1), null);
        settled.next(moment(3, 1), null);

        assertThat(settled.next(moment(4, 1), 5L)).isEqualTo(100);
    }

    @Test
    void anOpenTransactionHoldsTheBoundUntilItEnds() {
        settled.saw(100, nanos(0));
        settled.next(moment(1, 1), null);

        assertThat(settled.next(moment(60, 61), null)).isNull();
        assertThat(settled.next(moment(600, 601), null)).isNull();
        assertThat(settled.next(moment(601, 1), null)).isEqualTo(100);
    }

    @Test
    void aTransactionThatBeganLaterDoesNotHoldIt() {
        settled.saw(100, nanos(0));
        settled.next(moment(1, 1), null);

        assertThat(settled.next(moment(60, 58), null)).isEqualTo(100);
    }

    @Test
    void aLookTakenBeforeTheReadingEndedProvesNothing() {
        settled.saw(100, nanos(10));

        assertThat(settled.next(moment(9, 1), null)).isNull();
        assertThat(settled.next(moment(11, 1), null)).isNull();
        assertThat(settled.next(moment(12, 1), null)).isNull();
        assertThat(settled.next(moment(13, 1), null)).isEqualTo(100);
    }

    @Test
    void theLagIsWaitedForAsWell() {
        SettledIntegers lagging = new SettledIntegers(Duration.ofSeconds(30));
        lagging.saw(100, nanos(0));
        lagging.next(moment(1, 1), null);

        assertThat(lagging.next(moment(32, 1), null)).isNull();
        assertThat(lagging.next(moment(33, 1), null)).isEqualTo(100);
    }

    @Test
    void eachPassSettlesByItself() {
        settled.saw(100, nanos(0));
        settled.next(moment(1, 1), null);
        settled.saw(200, nanos(5));
        settled.next(moment(6, 5), null);

        assertThat(settled.next(moment(8, 6), null)).isEqualTo(100);
        assertThat(settled.next(moment(9, 1), 100L)).isEqualTo(200);
    }

    @Test
    void theBoundNeverGoesBack() {
        settled.saw(100, nanos(0));
        settled.next(moment(1, 1), 500L);

        assertThat(settled.next(moment(9, 1), 500L)).isEqualTo(500);
    }

    @Test
    void theGreatestOfSeveralPassesBetweenTwoLooksCounts() {
        settled.saw(100, nanos(0));
        settled.saw(90, nanos(1));
        settled.next(moment(2, 1), null);

        assertThat(settled.next(moment(9, 1), null)).isEqualTo(100);
    }

    /** A look so many seconds after noon, with a transaction of that age. */
    private static SourceMoment moment(int second, int oldest) {
        LocalDateTime now = NOON.plusSeconds(second);
        return new SourceMoment(now, now, Duration.ofSeconds(oldest), nanos(second));
    }

    private static long nanos(int second) {
        return second * 1_000_000_000L - 5_000_000_000L;
    }
}
