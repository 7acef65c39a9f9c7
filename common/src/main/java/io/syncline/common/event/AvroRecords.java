package io.syncline.common.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;

/** Records of one schema of the folder {@code schemas}, in plain Avro binary or single-object encoded. Thread-safe. */
final class AvroRecords {

    private final Schema schema;
    private final BinaryMessageDecoder<GenericRecord> framed;

    /**
     * @param resource the schema's file name
     * @param former the names of its earlier versions, whose events are read as well
     */
    AvroRecords(String resource, String... former) {
        this.schema = schema(resource);
        this.framed = new BinaryMessageDecoder<>(GenericData.get(), schema);
        for (String earlier : former) {
            framed.addSchema(schema(earlier));
        }
    }

    private static Schema schema(String resource) {
        try (InputStream in = AvroRecords.class.getResourceAsStream("/schemas/" + resource)) {
            return new Schema.Parser().parse(Objects.requireNonNull(in, resource));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    Schema schema() {
        return schema;
    }

    long fingerprint() {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    GenericRecord create() {
        return new GenericData.Record(schema);
    }

    GenericData.EnumSymbol symbol(String field, Enum<?> value) {
        return new GenericData.EnumSymbol(schema.getField(field).schema(), value.name());
    }

    byte[] encodePlain(GenericRecord event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(schema).write(event, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** @throws MalformedEventException for bytes that are none of this schema, or of values that {@code reading} refuses */
    <T> T decodePlain(byte[] bytes, Function<GenericRecord, T> reading) {
        return decode(reading, () -> {
            var decoder = DecoderFactory.get().binaryDecoder(bytes, null);
            GenericRecord event = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new IOException("bytes follow it");
            }
            return event;
        });
    }

    byte[] encodeFramed(GenericRecord event) {
        try {
            ByteBuffer buffer = new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema).encode(event);
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws MalformedEventException as {@link #decodePlain} does */
    <T> T decodeFramed(byte[] bytes, Function<GenericRecord, T> reading) {
        return decode(reading, () -> framed.decode(bytes));
    }

    private <T> T decode(Function<GenericRecord, T> reading, Decoding decoding) {
        try {
            return reading.apply(decoding.event());
        } catch (IOException
                | AvroRuntimeException
                | IllegalArgumentException
                | UnsupportedOperationException
                | IndexOutOfBoundsException e) {
            // Avro itself throws the last two for impossible lengths
            throw new MalformedEventException("no " + schema.getName() + ": " + e.getMessage(), e);
        }
    }

    private interface Decoding {
        GenericRecord event() throws IOException;
    }
}
