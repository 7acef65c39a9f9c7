package io.syncline.common.row;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.InternalDate;
import com.mysql.cj.protocol.InternalTime;
import com.mysql.cj.protocol.InternalTimestamp;
import com.mysql.cj.result.Field;
import com.mysql.cj.result.ValueFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The driver's hook for values, which sees the server's binary form before anything is rounded, shifted into a zone or
 * refused. Whatever a subclass does not expect is an error: the column's type is no longer what the schema says.
 */
abstract class StrictValueFactory<T> implements ValueFactory<@Nullable T> {

    /** How messages name the column. */
    abstract String column();

    @Override
    public @Nullable T createFromNull() {
        return null;
    }

    @Override
    public @Nullable T createFromDate(InternalDate date) {
        throw unexpected("a date");
    }

    @Override
    public @Nullable T createFromTime(InternalTime time) {
        throw unexpected("a time");
    }

    @Override
    public @Nullable T createFromTimestamp(InternalTimestamp timestamp) {
        throw unexpected("a timestamp");
    }

    @Override
    public @Nullable T createFromDatetime(InternalTimestamp timestamp) {
        return createFromTimestamp(timestamp);
    }

    @Override
    public @Nullable T createFromLong(long value) {
        throw unexpected("an integer");
    }

    @Override
    public @Nullable T createFromYear(long value) {
        return createFromLong(value);
    }

    @Override
    public @Nullable T createFromBigInteger(BigInteger value) {
        throw unexpected("an integer of 64 unsigned bits");
    }

    @Override
    public @Nullable T createFromDouble(double value) {
        throw unexpected("a floating-point number");
    }

    @Override
    public @Nullable T createFromBigDecimal(BigDecimal value) {
        throw unexpected("a decimal");
    }

    @Override
    public @Nullable T createFromBytes(byte[] bytes, int offset, int length, Field field) {
        throw unexpected("a string");
    }

    @Override
    public @Nullable T createFromBit(byte[] bytes, int offset, int length) {
        throw unexpected("bits");
    }

    @Override
    public void setPropertySet(PropertySet properties) {
        // no setting of the connection changes what a value is
    }

    @Override
    public String getTargetTypeName() {
        return "Avro";
    }

    private StructureChangedException unexpected(String what) {
        return new StructureChangedException("column " + column() + " came as " + what + ": its type has changed");
    }
}
