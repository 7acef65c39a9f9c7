package io.syncline.loader.rejects;

import io.syncline.common.event.RejectHeader;
import io.syncline.common.kafka.KafkaFailure;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The rejects topic: the newest reject of each row, less those that a retry has closed. Not thread-safe. */
final class RejectsTopic {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Producer<byte[], byte[]> producer;
    private final String topic;

    RejectsTopic(Supplier<Consumer<byte[], byte[]>> consumers, Producer<byte[], byte[]> producer, String topic) {
        this.consumers = consumers;
        this.producer = producer;
        this.topic = topic;
    }

    /** All rejects of a row lie in one partition, so the last one there is its newest. */
    Collection<OpenReject> newestOfEachRow() {
        Map<String, OpenReject> newest = new LinkedHashMap<>();
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> event : consumer.poll(POLL)) {
                    OpenReject reject = OpenReject.of(event);
                    if (RejectHeader.CLOSED.in(event.headers()).isEmpty()) {
                        newest.put(reject.row(), reject);
                    } else {
                        newest.remove(reject.row());
                    }
                }
            }
        }
        return newest.values();
    }

    /** Notes that a reject is of no more concern. */
    void close(OpenReject reject) throws InterruptedException {
        ProducerRecord<byte[], byte[]> closed = new ProducerRecord<>(
                topic, reject.event().partition(), reject.event().key(), null);
        reject.event().headers().forEach(closed.headers()::add);
        RejectHeader.CLOSED.addTo(closed.headers(), "retried");
        try {
            producer.send(closed).get();
        } catch (ExecutionException e) {
            throw KafkaFailure.of(e);
        }
    }
}
