package io.syncline.common.row;

import java.nio.charset.StandardCharsets;

/**
 * Numbers, dates and times as MySQL writes them, in a buffer that is used again for the next value. The fraction of a
 * second is written where it is not zero. Not thread-safe.
 */
final class AsciiText {

    static final long MICROS_PER_DAY = 86_400_000_000L;

    private static final byte[] LEAST_LONG = "-9223372036854775808".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes = new byte[48];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    AsciiText clear() {
        length = 0;
        return this;
    }

    AsciiText character(char c) {
        bytes[length++] = (byte) c;
        return this;
    }

    AsciiText whole(long value) {
        if (value == Long.MIN_VALUE) {
            System.arraycopy(LEAST_LONG, 0, bytes, length, LEAST_LONG.length);
            length += LEAST_LONG.length;
            return this;
        }
        if (value < 0) {
            character('-');
        }
        return digits(Math.abs(value), 1);
    }

    /** A decimal number given as its unscaled value and the digits behind the point. */
    AsciiText decimal(long unscaled, int scale) {
        if (unscaled < 0) {
            character('-');
        }
        digits(Math.abs(unscaled), scale + 1);
        if (scale > 0) {
            System.arraycopy(bytes, length - scale, bytes, length - scale + 1, scale);
            bytes[length - scale] = '.';
            length++;
        }
        return this;
    }

    AsciiText date(int year, int month, int day) {
        return digits(year, 4).character('-').digits(month, 2).character('-').digits(day, 2);
    }

    AsciiText year(long year) {
        return digits(year, 4);
    }

    /** A time of day, or a duration of either sign. */
    AsciiText time(long micros) {
        if (micros < 0) {
            character('-');
        }
        long rest = Math.abs(micros);
        long seconds = rest / 1_000_000;
        digits(seconds / 3600, 2)
                .character(':')
                .digits(seconds / 60 % 60, 2)
                .character(':')
                .digits(seconds % 60, 2);
        long fraction = rest % 1_000_000;
        return fraction == 0 ? this : character('.').digits(fraction, 6);
    }

    AsciiText epochDay(long day) {
        int date = CivilDate.ofEpochDay(day);
        return date(date >> 9, date >> 5 & 15, date & 31);
    }

    AsciiText epochMicros(long micros) {
        return epochDay(Math.floorDiv(micros, MICROS_PER_DAY))
                .character(' ')
                .time(Math.floorMod(micros, MICROS_PER_DAY));
    }

    private AsciiText digits(long value, int atLeast) {
        int count = Math.max(atLeast, countOf(value));
        long rest = value;
        for (int i = length + count - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
        return this;
    }

    private static int countOf(long value) {
        int count = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            count++;
        }
        return count;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }
}
