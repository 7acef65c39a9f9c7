package io.syncline.common.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.row.FakeRow.Cell;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModifierOrderTest {

    private static final List<String> TIMES = List.of(
            "0000-00-00 00:00:00",
            "0000-00-00 00:00:00.000001",
            "0000-01-01 00:00:00",
            "1969-12-31 23:59:59.999999",
            "1970-01-01 00:00:00",
            "2023-12-31 23:59:59.999999",
            "2024-00-00 00:00:00",
            "2024-01-00 00:00:00",
            "2024-01-01 00:00:00",
            "2024-01-01 00:00:00.100000",
            "2024-01-31 23:59:59.999999",
            "2024-02-00 12:00:00",
            "2024-02-01 00:00:00",
            "2024-02-31 00:00:00",
            "2024-03-01 00:00:00",
            "2024-12-31 23:59:59.999999",
            "2025-00-00 00:00:00",
            "9999-12-31 23:59:59.999999");

    @ParameterizedTest
    @EnumSource(
            value = ColumnKind.class,
            names = {"DATETIME", "TIMESTAMP"})
    void timesAreOrderedAsMySqlOrdersThemZeroDatesFirst(ColumnKind kind) {
        assertOrderAndRoundTrip(kind, TIMES);
    }

    @Test
    void datesAreOrderedAsMySqlOrdersThem() {
        assertOrderAndRoundTrip(
                ColumnKind.DATE,
                List.of(
                        "0000-00-00",
                        "0000-01-01",
                        "2023-12-31",
                        "2024-00-00",
                        "2024-01-00",
                        "2024-01-01",
                        "2024-02-31",
                        "2024-03-01",
                        "9999-12-31"));
    }

    @Test
    void integersAreOrderedByValueUpToTheLastOf64UnsignedBits() {
        assertOrderAndRoundTrip(ColumnKind.INT, List.of("-2147483648", "-1", "0", "1", "2147483647"));
        assertOrderAndRoundTrip(
                ColumnKind.LONG, List.of("-9223372036854775808", "-1", "0", "4294967296", "9223372036854775807"));
        assertOrderAndRoundTrip(
                ColumnKind.UNSIGNED_LONG,
                List.of("0", "1", "9223372036854775807", "9223372036854775808", "18446744073709551615"));
    }

    private static void assertOrderAndRoundTrip(ColumnKind kind, List<String> ascending) {
        ModifierOrder order = new ModifierOrder(kind);
        assertThat(ascending.stream().map(order::ordinal)).isSorted().doesNotHaveDuplicates();
        assertThat(ascending.stream().map(order::ordinal).map(order::text)).containsExactlyElementsOf(ascending);
    }

    @Test
    void aRowsModifierIsReadAsTheOrdinalOfItsText() {
        assertRead(ColumnKind.DATETIME, FakeRow.datetime(2024, 2, 29, 1, 2, 3, 4), "2024-02-29 01:02:03.000004");
        assertRead(ColumnKind.DATETIME, FakeRow.timestamp(0, 0, 0, 0, 0, 0, 0), "0000-00-00 00:00:00");
        assertRead(
                ColumnKind.TIMESTAMP, FakeRow.timestamp(2038, 1, 19, 3, 14, 7, 999_999), "2038-01-19 03:14:07.999999");
        assertRead(ColumnKind.DATE, FakeRow.date(2024, 5, 0), "2024-05-00");
        assertRead(ColumnKind.INT, FakeRow.integer(-7), "-7");
        assertRead(ColumnKind.LONG, FakeRow.integer(Long.MIN_VALUE), "-9223372036854775808");
        assertRead(ColumnKind.UNSIGNED_LONG, FakeRow.integer(5), "5");
        assertRead(ColumnKind.UNSIGNED_LONG, FakeRow.unsigned("18446744073709551615"), "18446744073709551615");
    }

    private static void assertRead(ColumnKind kind, Cell cell, String text) {
        ModifierOrder order = new ModifierOrder(kind);
        Long ordinal = order.read(FakeRow.of(null, cell), 1);
        assertThat(ordinal).isEqualTo(order.ordinal(text));
        assertThat(order.read(FakeRow.of(null, cell), 0)).isNull();
    }

    @Test
    void fewerFractionalDigitsMeanTheSameMoment() {
        ModifierOrder order = new ModifierOrder(ColumnKind.DATETIME);

        assertThat(order.ordinal("2024-01-02 03:04:05.5")).isEqualTo(order.ordinal("2024-01-02 03:04:05.500000"));
        assertThat(order.ordinal("2024-01-02T03:04:05")).isEqualTo(order.ordinal("2024-01-02 03:04:05"));
        assertThat(order.ordinal("2024-01-02")).isEqualTo(order.ordinal("2024-01-02 00:00:00"));
    }

    @Test
    void aMomentOfTheClockIsTheOrdinalOfItsText() {
        LocalDateTime time = LocalDateTime.of(2024, 2, 29, 23, 59, 59, 123_456_789);
        ModifierOrder times = new ModifierOrder(ColumnKind.DATETIME);
        ModifierOrder dates = new ModifierOrder(ColumnKind.DATE);

        assertThat(times.text(times.floor(time))).isEqualTo("2024-02-29 23:59:59.123456");
        assertThat(dates.text(dates.floor(time))).isEqualTo("2024-02-29");
        assertThat(dates.floor(time)).isEqualTo(dates.ordinal("2024-02-29"));
        assertThat(times.time(times.floor(time))).contains(time.withNano(123_456_000));
        assertThat(dates.time(dates.floor(time))).contains(LocalDateTime.of(2024, 2, 29, 0, 0));
    }

    @Test
    void datesOfNoCalendarAndIntegersAreNoMoment() {
        ModifierOrder times = new ModifierOrder(ColumnKind.DATETIME);

        assertThat(times.time(times.ordinal("0000-00-00 00:00:00"))).isEmpty();
        assertThat(times.time(times.ordinal("2024-02-31 00:00:00"))).isEmpty();
        assertThat(new ModifierOrder(ColumnKind.LONG).time(5)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2024", "2024-01", "2024-01-02 03", "2024-01-02 03:04", "yesterday", "2024-01-0x"})
    void textThatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> new ModifierOrder(ColumnKind.DATETIME).ordinal(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is no value of a modifier of kind DATETIME");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "18446744073709551616", "1.5", "x"})
    void textThatIsNoUnsignedIntegerIsRefused(String text) {
        assertThatThrownBy(() -> new ModifierOrder(ColumnKind.UNSIGNED_LONG).ordinal(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void kindsWithoutAnOrderInTimeAreRefused() {
        assertThatThrownBy(() -> new ModifierOrder(ColumnKind.TEXT)).isInstanceOf(IllegalArgumentException.class);
    }
}
