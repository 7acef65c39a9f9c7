package io.syncline.loader.write;

import io.syncline.common.event.RejectHeader;
import io.syncline.common.event.Topics;
import io.syncline.common.kafka.KafkaFailure;
import io.syncline.loader.target.RefusedRowException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends rejects to {@code <prefix>.rejects}, as they came, with where and why in headers. Thread-safe. */
public final class RejectLog {

    private static final Logger LOG = LoggerFactory.getLogger(RejectLog.class);

    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final boolean stops;

    /** @param stops whether a reject is to halt its table instead of being set aside */
    public RejectLog(Producer<byte[], byte[]> producer, Topics topics, boolean stops) {
        this.stops = stops;
        this.producer = producer;
        this.topics = topics;
    }

    /**
     * Returns when Kafka has them; only then may the rest of their batch be taken as done.
     *
     * @param topicId of the topic that they came from
     * @throws RefusedRowException where a reject halts its table
     */
    public void add(String table, String topicId, List<Reject> rejects) throws InterruptedException {
        if (stops) {
            Reject first = rejects.get(0);
            throw new RefusedRowException(
                    "ON_REJECT=stop: the event at offset " + first.event().offset() + " of "
                            + first.event().topic() + "-" + first.event().partition() + " is refused: " + first.reason()
                            + "; mend the target, or let such rows go to the rejects with ON_REJECT=continue");
        }
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Reject reject : rejects) {
            sent.add(producer.send(event(table, topicId, reject)));
            LOG.error(
                    "rejected a row table={} topic={} partition={} offset={} reason={}",
                    table,
                    reject.event().topic(),
                    reject.event().partition(),
                    reject.event().offset(),
                    reject.reason());
        }
        try {
            for (Future<RecordMetadata> future : sent) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw KafkaFailure.of(e);
        }
    }

    private ProducerRecord<byte[], byte[]> event(String table, String topicId, Reject reject) {
        ConsumerRecord<byte[], byte[]> came = reject.event();
        ProducerRecord<byte[], byte[]> event = new ProducerRecord<>(topics.rejects(), came.key(), came.value());
        Headers headers = event.headers();
        RejectHeader.REASON.addTo(headers, reject.reason());
        RejectHeader.TABLE.addTo(headers, table);
        RejectHeader.TOPIC.addTo(headers, came.topic());
        RejectHeader.TOPIC_ID.addTo(headers, topicId);
        RejectHeader.PARTITION.addTo(headers, Integer.toString(came.partition()));
        RejectHeader.OFFSET.addTo(headers, Long.toString(came.offset()));
        return event;
    }
}
