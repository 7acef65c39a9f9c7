package io.syncline.loader;

import io.syncline.common.row.RowSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Events as they stand on a rows topic, written by the Avro library; a table's first column is its key here. */
public final class SampleRows {

    public static final String LOAD = "1700000000.1234567";

    private final RowSchema schema;
    private final TopicPartition partition;
    private final @Nullable Long generation;

    private SampleRows(RowSchema schema, TopicPartition partition, @Nullable Long generation) {
        this.schema = schema;
        this.partition = partition;
        this.generation = generation;
    }

    public static SampleRows of(RowSchema schema) {
        return of(schema, new TopicPartition("rows", 0));
    }

    public static SampleRows of(RowSchema schema, TopicPartition partition) {
        return new SampleRows(schema, partition, null);
    }

    /** The same of a full refresh. */
    public SampleRows generation(long number) {
        return new SampleRows(schema, partition, number);
    }

    /** A row of these values in the order of the columns. */
    public ConsumerRecord<byte[], byte[]> at(long offset, @Nullable Object... values) {
        return event(partition, offset, key(values[0]), value(values));
    }

    public static ConsumerRecord<byte[], byte[]> event(
            TopicPartition partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, key, value);
    }

    public byte[] key(@Nullable Object... values) {
        GenericRecord key = new GenericData.Record(schema.key());
        for (int i = 0; i < values.length; i++) {
            key.put(i, values[i]);
        }
        return plain(schema.key(), key);
    }

    public byte[] value(@Nullable Object... values) {
        GenericRecord row = new GenericData.Record(schema.value());
        List<String> names =
                schema.table().columns().stream().map(column -> column.name()).toList();
        String modifier = schema.table().modifier();
        row.put(0, LOAD);
        row.put(1, generation);
        row.put(2, modifier == null ? null : values[names.indexOf(modifier)]);
        for (int i = 0; i < values.length; i++) {
            row.put(3 + i, values[i]);
        }
        try {
            ByteBuffer encoded = new BinaryMessageEncoder<GenericRecord>(new GenericData(), schema.value()).encode(row);
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] plain(Schema schema, GenericRecord row) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new GenericDatumWriter<GenericRecord>(schema)
                    .write(row, EncoderFactory.get().directBinaryEncoder(out, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
