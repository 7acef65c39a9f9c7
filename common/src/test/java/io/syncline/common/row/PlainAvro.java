package io.syncline.common.row;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.jspecify.annotations.Nullable;

/** Reads rows and keys as anybody does who has the schema and the Avro library, and none of our code. */
final class PlainAvro {

    private PlainAvro() {}

    static GenericRecord row(Schema schema, byte[] value) {
        try {
            return new BinaryMessageDecoder<GenericRecord>(logical(), schema).decode(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GenericRecord key(Schema schema, byte[] key) {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(key, null);
        try {
            GenericRecord record = new GenericDatumReader<GenericRecord>(schema, schema, logical()).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new AssertionError("bytes follow the key");
            }
            return record;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A value with strings and bytes in a form that can be compared. */
    static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof CharSequence text) {
            return text.toString();
        }
        return value instanceof ByteBuffer buffer ? hex(buffer.duplicate()) : value;
    }

    private static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    private static GenericData logical() {
        GenericData data = new GenericData();
        data.addLogicalTypeConversion(new Conversions.DecimalConversion());
        data.addLogicalTypeConversion(new TimeConversions.DateConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
        data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
        return data;
    }
}
