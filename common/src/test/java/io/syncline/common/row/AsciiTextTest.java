package io.syncline.common.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AsciiTextTest {

    private final AsciiText text = new AsciiText();

    @Test
    void wholeNumbersAreThoseOfJava() {
        for (long value : new long[] {0, 1, -1, 9, 10, -10, 99, 100, Long.MAX_VALUE, Long.MIN_VALUE, -Long.MAX_VALUE}) {
            assertThat(text.clear().whole(value)).hasToString(Long.toString(value));
        }
    }

    @Test
    void decimalsAreThoseOfJava() {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            long unscaled = random.nextLong() >> random.nextInt(64);
            int scale = random.nextInt(31);
            if (unscaled != Long.MIN_VALUE) {
                String expected = BigDecimal.valueOf(unscaled, scale).toPlainString();
                assertThat(text.clear().decimal(unscaled, scale)).hasToString(expected);
            }
        }
    }

    @Test
    void smallNegativeDecimalsKeepTheirSignAndZeros() {
        assertThat(text.clear().decimal(-5, 2)).hasToString("-0.05");
        assertThat(text.clear().decimal(0, 3)).hasToString("0.000");
        assertThat(text.clear().decimal(-100, 2)).hasToString("-1.00");
        assertThat(text.clear().decimal(Long.MAX_VALUE, 30)).hasToString("0.000000000009223372036854775807");
    }

    @Test
    void datesHaveFourTwoAndTwoDigits() {
        assertThat(text.clear().date(0, 0, 0)).hasToString("0000-00-00");
        assertThat(text.clear().date(33, 4, 5)).hasToString("0033-04-05");
        assertThat(text.clear().epochDay(LocalDate.of(9999, 12, 31).toEpochDay()))
                .hasToString("9999-12-31");
    }

    @Test
    void aFractionIsWrittenInSixDigitsWhereThereIsOne() {
        assertThat(text.clear().time(0)).hasToString("00:00:00");
        assertThat(text.clear().time(1)).hasToString("00:00:00.000001");
        assertThat(text.clear().time(-1_500_000)).hasToString("-00:00:01.500000");
        assertThat(text.clear().time(3_020_399_000_000L)).hasToString("838:59:59");
    }

    @Test
    void momentsBeforeTheEpochAreWrittenAsMySqlDoes() {
        assertThat(text.clear().epochMicros(-1)).hasToString("1969-12-31 23:59:59.999999");
        assertThat(text.clear().epochMicros(micros(LocalDateTime.of(0, 1, 1, 0, 0))))
                .hasToString("0000-01-01 00:00:00");
        assertThat(text.clear().epochMicros(micros(LocalDateTime.of(1582, 10, 10, 5, 6, 7))))
                .hasToString("1582-10-10 05:06:07");
    }

    private static long micros(LocalDateTime time) {
        return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000;
    }
}
