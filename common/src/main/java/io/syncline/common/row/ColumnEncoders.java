package io.syncline.common.row;

import com.mysql.cj.protocol.InternalDate;
import com.mysql.cj.protocol.InternalTimestamp;
import com.mysql.cj.result.Field;
import com.mysql.cj.result.Row;
import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.Members;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The encoder of each kind of column. */
final class ColumnEncoders {

    private ColumnEncoders() {}

    /** @param types position in the SELECT of what tells the types within a column of JSON */
    static ColumnEncoder of(Column column, AvroBuffer out, int types) {
        return switch (column.kind()) {
            case INT, LONG, YEAR -> new Whole(column, out);
            case UNSIGNED_LONG -> new UnsignedLong(column, out);
            case DECIMAL -> new Decimal(column, out);
            case FLOAT -> new Real(column, out, true);
            case DOUBLE -> new Real(column, out, false);
            case DATE -> new Date(column, out);
            case DATETIME, TIMESTAMP -> new Timestamp(column, out);
            case TIME -> new Time(column, out);
            case BIT -> new Bit(column, out);
            case ENUM, SET -> column.hasEmptyMember() ? new Numbered(column, out) : new Octets(column, out);
            case TEXT -> column.hasCharactersBeyondUnicode() ? new Marked(column, out) : new Octets(column, out);
            case JSON, BINARY, GEOMETRY -> new Octets(column, out);
            case TYPED_JSON -> new Json(column, out, types);
        };
    }

    private static final class Whole extends ColumnEncoder {
        Whole(Column column, AvroBuffer out) {
            super(column, out);
        }

        @Override
        public @Nullable Void createFromLong(long value) {
            beginValue();
            out.writeLong(value);
            return null;
        }
    }

    private static final class UnsignedLong extends ColumnEncoder {
        UnsignedLong(Column column, AvroBuffer out) {
            super(column, out);
        }

        @Override
        public @Nullable Void createFromLong(long value) {
            beginValue();
            out.writeUnscaled(value);
            return null;
        }

        @Override
        public @Nullable Void createFromBigInteger(BigInteger value) {
            beginValue();
            byte[] unscaled = value.toByteArray();
            out.writeBytes(unscaled, 0, unscaled.length);
            return null;
        }
    }

    private static final class Decimal extends ColumnEncoder {
        private static final int DIGITS_OF_LONG = 18;
        private final int scale;

        Decimal(Column column, AvroBuffer out) {
            super(column, out);
            this.scale = column.scale();
        }

        /** A decimal comes as its digits; up to 18 of them become a long without further objects. */
        @Override
        void encode(Row row, int index) {
            byte[] digits = row.getBytes(index);
            if (digits == null) {
                createFromNull();
            } else if (digits.length <= DIGITS_OF_LONG && fractionOf(digits) == scale) {
                beginValue();
                out.writeUnscaled(unscaled(digits));
            } else {
                createFromBigDecimal(new BigDecimal(new String(digits, StandardCharsets.US_ASCII)));
            }
        }

        private static int fractionOf(byte[] digits) {
            for (int i = 0; i < digits.length; i++) {
                if (digits[i] == '.') {
                    return digits.length - 1 - i;
                }
            }
            return 0;
        }

        private static long unscaled(byte[] digits) {
            long value = 0;
            for (byte digit : digits) {
                if (digit >= '0' && digit <= '9') {
                    value = value * 10 + (digit - '0');
                }
            }
            return digits[0] == '-' ? -value : value;
        }

        @Override
        public @Nullable Void createFromBigDecimal(BigDecimal value) {
            beginValue();
            byte[] unscaled = value.setScale(scale).unscaledValue().toByteArray();
            out.writeBytes(unscaled, 0, unscaled.length);
            return null;
        }
    }

    private static final class Real extends ColumnEncoder {
        private final boolean single;

        Real(Column column, AvroBuffer out, boolean single) {
            super(column, out);
            this.single = single;
        }

        @Override
        public @Nullable Void createFromDouble(double value) {
            beginValue();
            if (single) {
                out.writeFloat((float) value);
            } else {
                out.writeDouble(value);
            }
            return null;
        }
    }

    private static final class Date extends ColumnEncoder {
        Date(Column column, AvroBuffer out) {
            super(column, out);
        }

        @Override
        public @Nullable Void createFromDate(InternalDate date) {
            if (CivilDate.exists(date.getYear(), date.getMonth(), date.getDay())) {
                beginValue();
                out.writeLong(CivilDate.toEpochDay(date.getYear(), date.getMonth(), date.getDay()));
            } else {
                beginOther();
                AsciiText text = new AsciiText().date(date.getYear(), date.getMonth(), date.getDay());
                out.writeBytes(text.bytes(), 0, text.length());
            }
            return null;
        }
    }

    private static final class Timestamp extends ColumnEncoder {
        Timestamp(Column column, AvroBuffer out) {
            super(column, out);
        }

        @Override
        public @Nullable Void createFromTimestamp(InternalTimestamp t) {
            long secondOfDay = t.getHours() * 3600L + t.getMinutes() * 60L + t.getSeconds();
            long microOfDay = secondOfDay * 1_000_000L + t.getNanos() / 1000;
            if (CivilDate.exists(t.getYear(), t.getMonth(), t.getDay())) {
                beginValue();
                long day = CivilDate.toEpochDay(t.getYear(), t.getMonth(), t.getDay());
                out.writeLong(day * AsciiText.MICROS_PER_DAY + microOfDay);
            } else {
                beginOther();
                AsciiText text = new AsciiText()
                        .date(t.getYear(), t.getMonth(), t.getDay())
                        .character(' ')
                        .time(microOfDay);
                out.writeBytes(text.bytes(), 0, text.length());
            }
            return null;
        }
    }

    /**
     * TIME in the binary protocol: nothing for zero, or sign, days (4 bytes), hours, minutes, seconds and perhaps
     * microseconds (4 bytes), little-endian ("Binary Protocol Value" in the MySQL source documentation). It is read here
     * because the driver's own decoder loses the sign of times within a day.
     */
    private static final class Time extends ColumnEncoder {
        Time(Column column, AvroBuffer out) {
            super(column, out);
        }

        @Override
        void encode(Row row, int index) {
            byte[] raw = row.getBytes(index);
            if (raw == null) {
                createFromNull();
                return;
            }
            long micros = raw.length == 0 ? 0 : microsOf(raw);
            if (micros >= 0 && micros < AsciiText.MICROS_PER_DAY) {
                beginValue();
                out.writeLong(micros);
            } else {
                beginOther();
                AsciiText text = new AsciiText().time(micros);
                out.writeBytes(text.bytes(), 0, text.length());
            }
        }

        private static long microsOf(byte[] raw) {
            if (raw.length != 8 && raw.length != 12) {
                throw new StructureChangedException(
                        "a TIME of " + raw.length + " bytes: the column's type has changed");
            }
            long hours = littleEndian(raw, 1) * 24 + raw[5];
            long seconds = (hours * 60 + raw[6]) * 60 + raw[7];
            long micros = seconds * 1_000_000 + (raw.length == 12 ? littleEndian(raw, 8) : 0);
            return raw[0] == 1 ? -micros : micros;
        }

        private static long littleEndian(byte[] raw, int at) {
            return raw[at] & 0xFFL
                    | (raw[at + 1] & 0xFFL) << 8
                    | (raw[at + 2] & 0xFFL) << 16
                    | (raw[at + 3] & 0xFFL) << 24;
        }
    }

    private static final class Bit extends ColumnEncoder {
        Bit(Column column, AvroBuffer out) {
            super(column, out);
        }

        @Override
        public @Nullable Void createFromBit(byte[] bytes, int offset, int length) {
            beginValue();
            out.writeBytes(bytes, offset, length);
            return null;
        }
    }

    /** Strings, which come as UTF-8 because the session asks for it, and bytes. */
    private static final class Octets extends ColumnEncoder {
        Octets(Column column, AvroBuffer out) {
            super(column, out);
        }

        @Override
        public @Nullable Void createFromBytes(byte[] bytes, int offset, int length, Field field) {
            beginValue();
            out.writeBytes(bytes, offset, length);
            return null;
        }
    }

    /**
     * A text of a charset with characters beyond Unicode. It comes behind a mark: {@code =} and UTF-8, or {@code #} and the
     * column's own bytes, which travel where UTF-8 would not hold them. Of a text that is too long for that there is a
     * {@code !} alone.
     */
    private static final class Marked extends ColumnEncoder {
        Marked(Column column, AvroBuffer out) {
            super(column, out);
        }

        @Override
        public @Nullable Void createFromBytes(byte[] bytes, int offset, int length, Field field) {
            if (bytes[offset] == '!') {
                throw new IllegalStateException("a text of column " + column()
                        + " is longer in UTF-8 than the server's max_allowed_packet; raise that");
            } else if (bytes[offset] == '=') {
                beginValue();
            } else {
                beginOther();
            }
            out.writeBytes(bytes, offset + 1, length - 1);
            return null;
        }
    }

    /** JSON, of which the server tells besides which values have types that their text does not tell. */
    private static final class Json extends ColumnEncoder {
        private final int types;
        private byte @Nullable [] told;

        Json(Column column, AvroBuffer out, int types) {
            super(column, out);
            this.types = types;
        }

        @Override
        void encode(Row row, int index) {
            told = row.getBytes(types);
            super.encode(row, index);
        }

        @Override
        public @Nullable Void createFromBytes(byte[] bytes, int offset, int length, Field field) {
            byte[] some = told;
            if (some == null) {
                throw new IllegalStateException("the types of a value of column " + column()
                        + " are more than the server's max_allowed_packet lets it tell; raise that");
            } else if (some.length == 0) {
                beginValue();
                out.writeBytes(bytes, offset, length);
            } else {
                beginOther();
                TypedJson.of(new String(bytes, offset, length, StandardCharsets.UTF_8), utf8(some))
                        .write(out);
            }
            return null;
        }

        private static String utf8(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /**
     * A member of an ENUM or SET that has an empty one. It comes as its number, a space and its name; the number travels
     * where the name would mean another value: an ENUM's 0, and what a SET has beside its empty member.
     */
    private static final class Numbered extends ColumnEncoder {
        /** Of a SET; 0 for an ENUM. */
        private final long emptyBit;

        Numbered(Column column, AvroBuffer out) {
            super(column, out);
            this.emptyBit =
                    column.kind() == ColumnKind.SET ? Members.of(column.type()).bit("") : 0;
        }

        @Override
        public @Nullable Void createFromBytes(byte[] bytes, int offset, int length, Field field) {
            int space = offset;
            while (bytes[space] != ' ') {
                space++;
            }
            long number = Long.parseUnsignedLong(new String(bytes, offset, space - offset, StandardCharsets.US_ASCII));
            if (emptyBit == 0 ? number == 0 : (number & emptyBit) != 0) {
                beginOther();
                out.writeLong(number);
            } else {
                beginValue();
                out.writeBytes(bytes, space + 1, offset + length - space - 1);
            }
            return null;
        }
    }
}
