package io.syncline.loader.write;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A row as it came: the record's key and value with the place they came from. */
public record RowEvent(ConsumerRecord<byte[], byte[]> event) {

    public byte[] key() {
        return event.key();
    }

    public byte[] value() {
        return event.value();
    }

    static long bytes(List<RowEvent> rows) {
        return rows.stream()
                .mapToLong(row -> row.key().length + row.value().length)
                .sum();
    }

    /** For messages: where the event stands. */
    public String place() {
        return event.topic() + "-" + event.partition() + "@" + event.offset();
    }
}
