package io.syncline.loader.write;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A row as it came: the record's key and value with the place they came from. */
public record RowEvent(ConsumerRecord<byte[], byte[]> event) {

    public byte[] key() {
        return event.key();
    }

    public byte[] value() {
        return event.value();
    }

    /** For messages: where the event stands. */
    public String place() {
        return event.topic() + "-" + event.partition() + "@" + event.offset();
    }
}
