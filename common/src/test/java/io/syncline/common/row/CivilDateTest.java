package io.syncline.common.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

final class CivilDateTest {

    private static final long FIRST = LocalDate.of(0, 1, 1).toEpochDay();
    private static final long LAST = LocalDate.of(9999, 12, 31).toEpochDay();

    @Test
    void everyDayOfMySqlsCalendarIsThatOfJavaTime() {
        LocalDate date = LocalDate.of(0, 1, 1);
        for (long day = FIRST; day <= LAST; day++) {
            int packed = CivilDate.ofEpochDay(day);
            boolean same = (packed >> 9) == date.getYear()
                    && (packed >> 5 & 15) == date.getMonthValue()
                    && (packed & 31) == date.getDayOfMonth()
                    && CivilDate.toEpochDay(date.getYear(), date.getMonthValue(), date.getDayOfMonth()) == day
                    && CivilDate.exists(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
            if (!same) {
                throw new AssertionError(date + " came back as " + packed);
            }
            date = date.plusDays(1);
        }
        assertThat(date).isEqualTo(LocalDate.of(10_000, 1, 1));
    }

    @Test
    void daysBeyondAMonthsEndDoNotExist() {
        for (int year = 0; year <= 9999; year++) {
            for (int month = 1; month <= 12; month++) {
                int days = YearMonth.of(year, month).lengthOfMonth();
                if (CivilDate.exists(year, month, days + 1) || CivilDate.exists(year, month, 0)) {
                    throw new AssertionError(year + "-" + month);
                }
            }
        }
    }

    @Test
    void zeroAndPartialDatesDoNotExist() {
        assertThat(CivilDate.exists(0, 0, 0)).isFalse();
        assertThat(CivilDate.exists(2024, 0, 1)).isFalse();
        assertThat(CivilDate.exists(2024, 13, 1)).isFalse();
    }
}
