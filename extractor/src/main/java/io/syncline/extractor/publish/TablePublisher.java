package io.syncline.extractor.publish;

import io.syncline.common.event.RefreshMarker;
import io.syncline.common.event.RejectHeader;
import io.syncline.common.event.SchemaChange;
import io.syncline.common.event.Topics;
import io.syncline.common.event.Watermark;
import io.syncline.common.kafka.KafkaFailure;
import io.syncline.common.kafka.TopicCreator;
import io.syncline.common.row.RowSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes one table's events: rows, markers and schema versions wait in an open transaction until {@link #commit}
 * closes it with the watermark. Belongs to the thread of the owned partition, whose producer it shares with the other
 * tables there; a transaction is one table's alone.
 */
public final class TablePublisher {

    private static final Logger LOG = LoggerFactory.getLogger(TablePublisher.class);
    /** Leaves room for the record's own fields. */
    private static final int LARGEST_ROW = TopicCreator.LARGEST_RECORD - 4096;

    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final String rowsTopic;
    private final int watermarkPartition;
    private final long[] ends;
    private final List<@Nullable Future<RecordMetadata>> newest;
    private boolean open;
    private long bytes;
    private long rejects;
    private long rejectsUncommitted;

    /** @param ends for each partition of the rows topic the newest offset published so far, -1 for none */
    public TablePublisher(
            Producer<byte[], byte[]> producer, Topics topics, String rowsTopic, int watermarkPartition, long[] ends) {
        this.producer = producer;
        this.topics = topics;
        this.rowsTopic = rowsTopic;
        this.watermarkPartition = watermarkPartition;
        this.ends = ends.clone();
        this.newest = new ArrayList<>();
        for (int i = 0; i < ends.length; i++) {
            newest.add(null);
        }
    }

    public int partitions() {
        return ends.length;
    }

    public String rowsTopic() {
        return rowsTopic;
    }

    /** Bytes of keys and values in the open transaction. */
    public long bytes() {
        return bytes;
    }

    public boolean isOpen() {
        return open;
    }

    /**
     * Publishes a row, or rejects one that is larger than Kafka takes.
     *
     * @param identity the same for all versions of a row, which thereby share a partition
     * @return the partition that the row went to; empty for a reject
     */
    public OptionalInt row(byte[] key, byte[] identity, byte[] value) {
        int partition = Utils.toPositive(Utils.murmur2(identity)) % ends.length;
        if (key.length + value.length > LARGEST_ROW) {
            reject(partition, key, value.length);
            return OptionalInt.empty();
        }
        send(partition, key, value);
        return OptionalInt.of(partition);
    }

    /** The offset is that of the newest event before: whatever of this key comes behind it is newer. */
    private void reject(int partition, byte[] key, int size) {
        begin();
        rejectsUncommitted++;
        String reason = "a row of " + size + " bytes; " + LARGEST_ROW + " at most go into one record";
        ProducerRecord<byte[], byte[]> event = new ProducerRecord<>(topics.rejects(), key, new byte[0]);
        RejectHeader.REASON.addTo(event.headers(), reason);
        RejectHeader.TOPIC.addTo(event.headers(), rowsTopic);
        RejectHeader.PARTITION.addTo(event.headers(), Integer.toString(partition));
        RejectHeader.OFFSET.addTo(event.headers(), Long.toString(ends[partition]));
        Future<RecordMetadata> unused = enqueue(event);
        LOG.error("rejected a row topic={} reason={}", rowsTopic, reason);
    }

    /** Rows rejected since the start. */
    public long rejects() {
        return rejects;
    }

    public void marker(RefreshMarker marker) {
        send(marker.partition(), marker.key(), marker.value());
    }

    public void schema(RowSchema schema) {
        begin();
        SchemaChange change = new SchemaChange(schema, rowsTopic);
        Future<RecordMetadata> unused =
                enqueue(new ProducerRecord<>(topics.schemas(), 0, change.key(), change.value()));
    }

    private void send(int partition, byte[] key, byte[] value) {
        begin();
        bytes += key.length + value.length;
        newest.set(partition, enqueue(new ProducerRecord<>(rowsTopic, partition, key, value)));
    }

    /** What fails on its way makes the commit fail. */
    private Future<RecordMetadata> enqueue(ProducerRecord<byte[], byte[]> event) {
        return producer.send(event);
    }

    private void begin() {
        if (!open) {
            producer.beginTransaction();
            open = true;
        }
    }

    /**
     * Commits what was published since the last commit, and the watermark with it.
     *
     * @param watermark made from the newest offset in each partition of the rows topic
     * @return the watermark committed
     * @throws KafkaException where Kafka refused, and nothing of the transaction is there
     */
    public Watermark commit(Function<List<Long>, Watermark> watermark) throws InterruptedException {
        begin();
        flush();
        long[] reached = ends.clone();
        for (int i = 0; i < reached.length; i++) {
            Future<RecordMetadata> sent = newest.get(i);
            if (sent != null) {
                reached[i] = offset(sent);
            }
        }
        Watermark committed = watermark.apply(Arrays.stream(reached).boxed().toList());
        Future<RecordMetadata> last = enqueue(
                new ProducerRecord<>(topics.watermarks(), watermarkPartition, committed.key(), committed.value()));
        flush();
        requireSent(last);
        producer.commitTransaction();
        System.arraycopy(reached, 0, ends, 0, reached.length);
        rejects += rejectsUncommitted;
        close();
        return committed;
    }

    /**
     * Kafka's producer looks whether records are on their way before it looks whether the transaction is to end. Records that are
     * sent between the two looks would be left out of their transaction and stop the next one, so none may be on its way when
     * a transaction ends.
     */
    private void flush() {
        producer.flush();
    }

    private static long offset(Future<RecordMetadata> sent) throws InterruptedException {
        return requireSent(sent).offset();
    }

    private static RecordMetadata requireSent(Future<RecordMetadata> sent) throws InterruptedException {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw KafkaFailure.of(e);
        }
    }

    /**
     * Takes back what was not committed.
     *
     * @throws KafkaException where the producer is of no more use; opening it anew ends what it has left
     */
    public void abort() {
        if (!open) {
            return;
        }
        close();
        flush();
        try {
            producer.abortTransaction();
        } catch (IllegalStateException e) {
            // a commit was asked for, and Kafka has not said how it ended
            throw new KafkaException(e);
        }
    }

    private void close() {
        open = false;
        bytes = 0;
        rejectsUncommitted = 0;
        Collections.fill(newest, null);
    }
}
