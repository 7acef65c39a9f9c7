package io.syncline.common.row;

import com.mysql.cj.protocol.InternalDate;
import com.mysql.cj.protocol.InternalTimestamp;
import com.mysql.cj.result.Row;
import com.mysql.cj.result.ValueFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A row of the binary protocol: each value reaches a factory by the method that the driver's decoder calls for its type. */
final class FakeRow implements Row {

    /** A value as the driver gives it: to a factory, and as the bytes of the protocol where those are asked for. */
    record Cell(Function<ValueFactory<?>, @Nullable Object> giving, ByteBuffer raw) {}

    private static final ByteBuffer UNASKED = ByteBuffer.allocate(0);

    private final List<@Nullable Cell> cells;

    private FakeRow(List<@Nullable Cell> cells) {
        this.cells = cells;
    }

    /** Null stands for SQL NULL. */
    static FakeRow of(@Nullable Cell... cells) {
        return new FakeRow(Arrays.asList(cells));
    }

    static Cell integer(long value) {
        return new Cell(factory -> factory.createFromLong(value), UNASKED);
    }

    /** BIGINT UNSIGNED beyond the range of a long. */
    static Cell unsigned(String digits) {
        return new Cell(factory -> factory.createFromBigInteger(new BigInteger(digits)), UNASKED);
    }

    static Cell year(long value) {
        return new Cell(factory -> factory.createFromYear(value), UNASKED);
    }

    static Cell real(double value) {
        return new Cell(factory -> factory.createFromDouble(value), UNASKED);
    }

    static Cell decimal(String digits) {
        byte[] ascii = digits.getBytes(StandardCharsets.US_ASCII);
        return new Cell(factory -> factory.createFromBigDecimal(new BigDecimal(digits)), ByteBuffer.wrap(ascii));
    }

    static Cell date(int year, int month, int day) {
        return new Cell(factory -> factory.createFromDate(new InternalDate(year, month, day)), UNASKED);
    }

    static Cell timestamp(int year, int month, int day, int hour, int minute, int second, int micros) {
        InternalTimestamp value = new InternalTimestamp(year, month, day, hour, minute, second, micros * 1000, 6);
        return new Cell(factory -> factory.createFromTimestamp(value), UNASKED);
    }

    static Cell datetime(int year, int month, int day, int hour, int minute, int second, int micros) {
        InternalTimestamp value = new InternalTimestamp(year, month, day, hour, minute, second, micros * 1000, 6);
        return new Cell(factory -> factory.createFromDatetime(value), UNASKED);
    }

    /** TIME as the protocol holds it; its factory method would be wrong, so that it gives nothing of use. */
    static Cell time(boolean negative, int hours, int minutes, int seconds, int micros) {
        boolean zero = hours == 0 && minutes == 0 && seconds == 0 && micros == 0;
        ByteBuffer raw = ByteBuffer.allocate(zero ? 0 : micros == 0 ? 8 : 12).order(ByteOrder.LITTLE_ENDIAN);
        if (!zero) {
            raw.put((byte) (negative ? 1 : 0)).putInt(hours / 24);
            raw.put((byte) (hours % 24)).put((byte) minutes).put((byte) seconds);
        }
        if (micros != 0) {
            raw.putInt(micros);
        }
        return raw(raw.array());
    }

    /** Bytes that only {@link #getBytes} yields. */
    static Cell raw(byte[] bytes) {
        return new Cell(
                factory -> {
                    throw new AssertionError("the driver's own decoder is not to be asked");
                },
                ByteBuffer.wrap(bytes));
    }

    static Cell bit(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return new Cell(factory -> factory.createFromBit(bytes, 0, bytes.length), UNASKED);
    }

    static Cell text(String value) {
        return octets(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A string or bytes; the driver's buffer holds more than the value. */
    static Cell octets(byte[] value) {
        byte[] buffer = new byte[value.length + 5];
        Arrays.fill(buffer, (byte) '#');
        System.arraycopy(value, 0, buffer, 2, value.length);
        return new Cell(factory -> factory.createFromBytes(buffer, 2, value.length, null), UNASKED);
    }

    @Override
    @SuppressWarnings("unchecked") // a factory makes what it is a factory of
    public <T> @Nullable T getValue(int column, ValueFactory<T> factory) {
        Cell cell = cells.get(column);
        return cell == null ? factory.createFromNull() : (T) cell.giving().apply(factory);
    }

    @Override
    public byte @Nullable [] getBytes(int column) {
        Cell cell = cells.get(column);
        return cell == null ? null : cell.raw().array();
    }

    @Override
    public boolean getNull(int column) {
        return cells.get(column) == null;
    }

    @Override
    public boolean wasNull() {
        throw new UnsupportedOperationException();
    }
}
