package io.syncline.common.row;

import com.mysql.cj.protocol.InternalDate;
import com.mysql.cj.protocol.InternalTimestamp;
import com.mysql.cj.result.Row;
import io.syncline.common.model.ColumnKind;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Maps a modifier's values to longs of the same order, zero and partial dates among them: an integer is itself (one of
 * 64 unsigned bits with its sign bit flipped), a date or time is {@code ((year * 13 + month) * 32 + day)} days in
 * microseconds plus the time of day. Immutable and thread-safe.
 */
public record ModifierOrder(ColumnKind kind) {

    private static final long DAY = AsciiText.MICROS_PER_DAY;

    public ModifierOrder {
        if (!kind.servesAsModifier()) {
            throw new IllegalArgumentException("no modifier is of kind " + kind);
        }
    }

    /** The value of a column of the driver's row at hand, null for NULL. */
    public @Nullable Long read(Row row, int column) {
        Long value = row.getValue(column, new Ordinal());
        return value == null || kind != ColumnKind.UNSIGNED_LONG ? value : (Long) (value ^ Long.MIN_VALUE);
    }

    /** The value as SQL writes it: digits, or {@code yyyy-MM-dd[ HH:mm:ss[.ffffff]]}. */
    public String text(long ordinal) {
        return switch (kind) {
            case UNSIGNED_LONG -> Long.toUnsignedString(ordinal ^ Long.MIN_VALUE);
            case DATE -> date(ordinal).toString();
            case DATETIME, TIMESTAMP ->
                date(ordinal).character(' ').time(Math.floorMod(ordinal, DAY)).toString();
            default -> Long.toString(ordinal);
        };
    }

    private static AsciiText date(long ordinal) {
        long packed = Math.floorDiv(ordinal, DAY);
        return new AsciiText().date((int) (packed / (13 * 32)), (int) (packed / 32 % 13), (int) (packed % 32));
    }

    /** The inverse of {@link #text}. @throws IllegalArgumentException for text that is no value of this kind */
    public long ordinal(String text) {
        try {
            return switch (kind) {
                case UNSIGNED_LONG -> Long.parseUnsignedLong(text) ^ Long.MIN_VALUE;
                case DATE, DATETIME, TIMESTAMP -> parseTime(text);
                default -> Long.parseLong(text);
            };
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("'" + text + "' is no value of a modifier of kind " + kind, e);
        }
    }

    private static long parseTime(String text) {
        String[] parts = text.trim().split("[- T:.]", -1);
        long time = 0;
        if (parts.length > 3) {
            time = (Integer.parseInt(parts[3]) * 60L + Integer.parseInt(parts[4])) * 60L + Integer.parseInt(parts[5]);
        }
        long fraction = parts.length > 6 ? Long.parseLong((parts[6] + "000000").substring(0, 6)) : 0;
        return pack(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]))
                + time * 1_000_000
                + fraction;
    }

    /** The moment that a date or time stands for; empty for integers and for dates that no calendar has. */
    public Optional<LocalDateTime> time(long ordinal) {
        if (!kind.isTemporal()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(
                    kind == ColumnKind.DATE
                            ? text(ordinal) + "T00:00:00"
                            : text(ordinal).replace(' ', 'T')));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The greatest value that is not after this moment. */
    public long floor(LocalDateTime time) {
        return ordinal(kind == ColumnKind.DATE ? time.truncatedTo(ChronoUnit.DAYS) : time);
    }

    /** The ordinal of a moment of the database's clock. */
    public static long ordinal(LocalDateTime time) {
        return pack(time.getYear(), time.getMonthValue(), time.getDayOfMonth())
                + time.toLocalTime().toNanoOfDay() / 1000;
    }

    private static long pack(int year, int month, int day) {
        return ((year * 13L + month) * 32 + day) * DAY;
    }

    private static final class Ordinal extends StrictValueFactory<Long> {

        @Override
        String column() {
            return "of the modifier";
        }

        @Override
        public Long createFromDate(InternalDate date) {
            return pack(date.getYear(), date.getMonth(), date.getDay());
        }

        @Override
        public Long createFromTimestamp(InternalTimestamp t) {
            long seconds = t.getHours() * 3600L + t.getMinutes() * 60L + t.getSeconds();
            return pack(t.getYear(), t.getMonth(), t.getDay()) + seconds * 1_000_000 + t.getNanos() / 1000;
        }

        @Override
        public Long createFromLong(long value) {
            return value;
        }

        @Override
        public Long createFromBigInteger(BigInteger value) {
            return value.longValue();
        }
    }
}
