package io.syncline.common.row;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.Members;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows and keys of one schema version and hands their values to a {@link ValueSink} as the text that MySQL takes,
 * without an object for each. Not thread-safe: it reuses its buffers.
 */
public final class RowDecoder {

    /** A column, with what a look at each of its values would cost too much. */
    private record Field(Column column, boolean hasOther, Members members, boolean hasEmptyMember, boolean hasBytes) {
        static Field of(Column column) {
            boolean named = column.kind() == ColumnKind.ENUM || column.kind() == ColumnKind.SET;
            return new Field(
                    column,
                    RowSchema.hasOtherBranch(column),
                    named ? Members.of(column.type()) : new Members(List.of()),
                    column.hasEmptyMember(),
                    column.hasCharactersBeyondUnicode());
        }
    }

    private static final MemberNumber NO_MEMBER = new MemberNumber(0, "");

    private final boolean typed;
    private final List<Field> columns;
    private final List<Field> keyColumns;
    private final @Nullable Field modifier;
    private final AsciiText ascii = new AsciiText();
    private byte[] bytes = new byte[0];
    private int position;
    private byte[] loadBytes = new byte[0];
    private String load = "";

    public RowDecoder(RowSchema schema) {
        this(schema, true);
    }

    /** Hands over the text alone of a {@link TypedJson}. */
    public static RowDecoder ofTexts(RowSchema schema) {
        return new RowDecoder(schema, false);
    }

    private RowDecoder(RowSchema schema, boolean typed) {
        this.typed = typed;
        this.columns = schema.table().columns().stream().map(Field::of).toList();
        this.keyColumns = schema.table().keyColumns().stream().map(Field::of).toList();
        String name = schema.table().modifier();
        this.modifier = name == null ? null : Field.of(schema.table().column(name));
    }

    /**
     * Begins a row and returns what stands before its columns.
     *
     * @throws MalformedRowException where the bytes end too early or a length is impossible
     */
    public RowHead begin(byte[] value) {
        bytes = value;
        position = SingleObject.FRAME;
        readLoad();
        Long generation = readLong() == 0 ? null : (Long) readLong();
        if (modifier != null) {
            read(modifier, SkippingSink.INSTANCE);
        }
        return new RowHead(load, generation);
    }

    /** Rows come in many of one load, which need one text. */
    private void readLoad() {
        int length = readLength();
        int end = position + length;
        if (!Arrays.equals(bytes, position, end, loadBytes, 0, loadBytes.length)) {
            loadBytes = Arrays.copyOfRange(bytes, position, end);
            load = new String(loadBytes, StandardCharsets.UTF_8);
        }
        position = end;
    }

    /** Hands over the wanted columns of the row that {@link #begin} began; the bytes must end with the last one. */
    public void columns(boolean[] wanted, ValueSink sink) {
        for (int i = 0; i < columns.size(); i++) {
            read(columns.get(i), wanted[i] ? sink : SkippingSink.INSTANCE);
        }
        requireEnd();
    }

    /** Hands over the values of a record's key. */
    public void key(byte[] key, ValueSink sink) {
        bytes = key;
        position = 0;
        for (Field column : keyColumns) {
            read(column, sink);
        }
        requireEnd();
    }

    /** Checks a record's key without handing it over. @throws MalformedRowException as {@link #begin} does */
    public void requireKey(byte[] key) {
        key(key, SkippingSink.INSTANCE);
    }

    private void requireEnd() {
        if (position != bytes.length) {
            throw new MalformedRowException((bytes.length - position) + " bytes follow the last column");
        }
    }

    private void read(Field field, ValueSink sink) {
        Column column = field.column();
        long branch = column.nullable() || field.hasOther() ? readLong() : 0;
        long plain = column.nullable() ? 1 : 0;
        if (branch < 0 || branch > plain + (field.hasOther() ? 1 : 0)) {
            throw new MalformedRowException("column " + column.name() + " has no union branch " + branch);
        }
        if (branch < plain) {
            sink.nothing();
        } else if (branch > plain && field.hasEmptyMember()) {
            long number = readLong();
            boolean isSet = column.kind() == ColumnKind.SET;
            sink.member(new MemberNumber(number, isSet ? field.members().name(number) : ""));
        } else if (branch > plain && field.hasBytes()) {
            int length = readLength();
            sink.beyondUnicode(CharsetText.of(String.valueOf(column.charset()), bytes, position, length));
            position += length;
        } else if (branch > plain && column.kind() == ColumnKind.TYPED_JSON) {
            typedJson(field, sink);
        } else if (branch > plain) {
            int length = readLength();
            sink.temporal(bytes, position, length);
            position += length;
        } else {
            readPlain(field, sink);
        }
    }

    private void readPlain(Field field, ValueSink sink) {
        Column column = field.column();
        ascii.clear();
        switch (column.kind()) {
            case INT, LONG -> number(sink, ascii.whole(readLong()));
            case YEAR -> year(sink, readLong());
            case UNSIGNED_LONG -> decimal(sink, 0);
            case DECIMAL -> decimal(sink, column.scale());
            case FLOAT -> real(sink, readFloat());
            case DOUBLE -> real(sink, Double.longBitsToDouble(readFixed(8)));
            case DATE -> temporal(sink, ascii.epochDay(readLong()));
            case DATETIME, TIMESTAMP -> temporal(sink, ascii.epochMicros(readLong()));
            case TIME -> temporal(sink, ascii.time(readLong()));
            case BIT -> bits(sink);
            case TEXT, ENUM, SET, JSON, TYPED_JSON -> text(field, sink);
            case BINARY, GEOMETRY -> {
                int length = readLength();
                sink.binary(bytes, position, length);
                position += length;
            }
        }
    }

    private void text(Field field, ValueSink sink) {
        int length = readLength();
        if (length == 0 && field.column().kind() == ColumnKind.ENUM && !field.hasEmptyMember()) {
            sink.member(NO_MEMBER);
        } else {
            requireUtf8(field, length);
            sink.text(bytes, position, length);
        }
        position += length;
    }

    private void requireUtf8(Field field, int length) {
        if (!Utf8.isValid(bytes, position, length)) {
            throw new MalformedRowException(
                    "the text of column " + field.column().name() + " is not UTF-8");
        }
    }

    private void typedJson(Field field, ValueSink sink) {
        String text = string(field);
        Map<String, String> types = new LinkedHashMap<>();
        // an Avro map comes in blocks, each with its number of entries before it; 0 ends it
        for (long entries = readLong(); entries != 0; entries = readLong()) {
            if (entries < 0) {
                // and with the bytes that it has
                readLong();
            }
            for (long i = Math.abs(entries); i > 0; i--) {
                types.put(string(field), string(field));
            }
        }
        if (typed) {
            sink.typedJson(new TypedJson(text, types));
        } else {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            sink.text(utf8, 0, utf8.length);
        }
    }

    private String string(Field field) {
        int length = readLength();
        requireUtf8(field, length);
        position += length;
        return new String(bytes, position - length, length, StandardCharsets.UTF_8);
    }

    private static void number(ValueSink sink, AsciiText text) {
        sink.number(text.bytes(), 0, text.length());
    }

    private static void temporal(ValueSink sink, AsciiText text) {
        sink.temporal(text.bytes(), 0, text.length());
    }

    /** Four digits as a string: the number 0 would become the year 2000. */
    private void year(ValueSink sink, long year) {
        temporal(sink, ascii.year(year));
    }

    private void decimal(ValueSink sink, int scale) {
        int length = readLength();
        if (length == 0) {
            throw new MalformedRowException("a decimal without bytes");
        } else if (length <= 8) {
            long unscaled = bytes[position];
            for (int i = 1; i < length; i++) {
                unscaled = unscaled << 8 | bytes[position + i] & 0xFF;
            }
            position += length;
            if (unscaled != Long.MIN_VALUE) {
                number(sink, ascii.decimal(unscaled, scale));
                return;
            }
            position -= length;
        }
        BigInteger unscaled = new BigInteger(bytes, position, length);
        position += length;
        digits(sink, new BigDecimal(unscaled, scale).toPlainString());
    }

    /** A float widened to a double: the shortest digits of the float itself might round to its neighbour. */
    private static void real(ValueSink sink, double value) {
        digits(sink, Double.toString(value));
    }

    private static void digits(ValueSink sink, String digits) {
        sink.number(digits.getBytes(StandardCharsets.US_ASCII), 0, digits.length());
    }

    private void bits(ValueSink sink) {
        int length = readLength();
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | bytes[position + i] & 0xFF;
        }
        position += length;
        if (value < 0) {
            digits(sink, Long.toUnsignedString(value));
        } else {
            number(sink, ascii.whole(value));
        }
    }

    private float readFloat() {
        return Float.intBitsToFloat((int) readFixed(4));
    }

    private long readFixed(int size) {
        require(size);
        long bits = 0;
        for (int i = size - 1; i >= 0; i--) {
            bits = bits << 8 | bytes[position + i] & 0xFF;
        }
        position += size;
        return bits;
    }

    private int readLength() {
        long length = readLong();
        if (length < 0 || length > bytes.length - position) {
            throw new MalformedRowException(
                    "a length of " + length + " with " + (bytes.length - position) + " bytes left");
        }
        return (int) length;
    }

    private long readLong() {
        long rest = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            require(1);
            byte next = bytes[position++];
            rest |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (rest >>> 1) ^ -(rest & 1);
            }
        }
        throw new MalformedRowException("a number of more than 64 bits: "
                + Arrays.toString(Arrays.copyOfRange(bytes, position - 10, position)));
    }

    private void require(int count) {
        if (count > bytes.length - position) {
            throw new MalformedRowException("the bytes end at " + bytes.length + " within a value");
        }
    }
}
