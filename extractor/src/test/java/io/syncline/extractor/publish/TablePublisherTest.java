package io.syncline.extractor.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.common.event.RefreshMarker;
import io.syncline.common.event.SchemaChange;
import io.syncline.common.event.Topics;
import io.syncline.common.event.Watermark;
import io.syncline.common.event.Watermark.Phase;
import io.syncline.common.kafka.TopicCreator;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableId;
import io.syncline.common.row.RowSchema;
import io.syncline.extractor.SampleTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TablePublisherTest {

    private static final TableId ORDERS = new TableId("shop", "orders");
    private static final Topics TOPICS = new Topics("syncline");
    private static final String ROWS = TOPICS.rows(ORDERS);
    private static final int PARTITIONS = 4;
    private static final byte[] NONE = {};

    private final MockProducer<byte[], byte[]> producer = new MockProducer<>(
            cluster(), true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    private final TablePublisher publisher = new TablePublisher(producer, TOPICS, ROWS, 3, new long[] {-1, -1, 41, -1});

    @BeforeEach
    void openProducer() {
        producer.initTransactions();
    }

    @Test
    void rowsAndWatermarkAreCommittedInOneTransaction() throws InterruptedException {
        publisher.row(key(1), key(1), value(1));
        publisher.row(key(2), key(2), value(2));
        assertThat(producer.history()).isEmpty();
        assertThat(publisher.isOpen()).isTrue();

        Watermark watermark = publisher.commit(TablePublisherTest::watermark);

        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(producer.history())
                .extracting(ProducerRecord::topic)
                .containsExactly(ROWS, ROWS, "syncline.watermarks");
        ProducerRecord<byte[], byte[]> last = producer.history().get(2);
        assertThat(last.partition()).isEqualTo(3);
        assertThat(last.key()).isEqualTo(Watermark.key(ORDERS));
        assertThat(last.value()).isEqualTo(watermark.value());
        assertThat(publisher.isOpen()).isFalse();
    }

    @Test
    void aCommitWithoutRowsIsATransactionOfTheWatermarkAlone() throws InterruptedException {
        Watermark watermark = publisher.commit(TablePublisherTest::watermark);

        assertThat(watermark.ends()).containsExactly(-1L, -1L, 41L, -1L);
        assertThat(producer.history()).hasSize(1);
        assertThat(producer.commitCount()).isEqualTo(1);
    }

    @Test
    void allVersionsOfARowGoToThePartitionOfItsIdentity() {
        Set<Integer> partitions = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            int partition = publisher.row(key(i), key(i), value(i)).orElseThrow();
            assertThat(partition).isEqualTo(Utils.toPositive(Utils.murmur2(key(i))) % PARTITIONS);
            assertThat(publisher.row(key(i + 1), key(i), value(i + 1))).hasValue(partition);
            partitions.add(partition);
        }

        assertThat(partitions).containsExactly(0, 1, 2, 3);
    }

    @Test
    void theEndsAreTheNewestOffsetOfEachPartition() throws InterruptedException {
        marker(0);
        marker(0);
        marker(3);

        assertThat(publisher.commit(TablePublisherTest::watermark).ends()).containsExactly(1L, -1L, 41L, 0L);

        marker(1);
        assertThat(publisher.commit(TablePublisherTest::watermark).ends()).containsExactly(1L, 0L, 41L, 0L);
    }

    @Test
    void anAbortTakesBackTheRowsAndTheEnds() throws InterruptedException {
        marker(0);
        publisher.commit(TablePublisherTest::watermark);
        marker(0);
        marker(1);
        publisher.row(key(1), key(1), value(1));

        publisher.abort();

        assertThat(publisher.isOpen()).isFalse();
        assertThat(publisher.bytes()).isZero();
        assertThat(producer.history()).hasSize(2);
        assertThat(publisher.commit(TablePublisherTest::watermark).ends()).containsExactly(0L, -1L, 41L, -1L);
        assertThat(producer.history()).hasSize(3);
    }

    @Test
    void anAbortOfNothingIsNone() {
        publisher.abort();

        assertThat(producer.transactionAborted()).isFalse();
    }

    @Test
    void aCommitThatKafkaRefusesLeavesNothingAndCanBeTakenBack() throws InterruptedException {
        marker(0);
        producer.commitTransactionException = new KafkaException("no");

        assertThatThrownBy(() -> publisher.commit(TablePublisherTest::watermark))
                .isInstanceOf(KafkaException.class);
        assertThat(publisher.isOpen()).isTrue();
        producer.commitTransactionException = null;
        publisher.abort();

        assertThat(producer.history()).isEmpty();
        assertThat(publisher.commit(TablePublisherTest::watermark).ends()).containsExactly(-1L, -1L, 41L, -1L);
    }

    @Test
    void aCommitOfUnknownOutcomeLeavesAProducerOfNoMoreUse() {
        MockProducer<byte[], byte[]> silent =
                new MockProducer<>(
                        cluster(),
                        true,
                        new RoundRobinPartitioner(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()) {
                    @Override
                    public synchronized void commitTransaction() {
                        throw new TimeoutException("no answer");
                    }

                    @Override
                    public synchronized void abortTransaction() {
                        throw new IllegalStateException("the previous call timed out and must be retried");
                    }
                };
        silent.initTransactions();
        TablePublisher hanging = new TablePublisher(silent, TOPICS, ROWS, 3, new long[PARTITIONS]);
        hanging.row(key(1), key(1), value(1));

        assertThatThrownBy(() -> hanging.commit(TablePublisherTest::watermark)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(hanging::abort).isInstanceOf(KafkaException.class);
    }

    @Test
    void aRowLostOnItsWayFailsTheCommit() {
        MockProducer<byte[], byte[]> slow = new MockProducer<>(
                cluster(), false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
        slow.initTransactions();
        TablePublisher losing = new TablePublisher(slow, TOPICS, ROWS, 3, new long[PARTITIONS]);
        losing.row(key(1), key(1), value(1));
        slow.errorNext(new KafkaException("lost"));

        assertThatThrownBy(() -> losing.commit(TablePublisherTest::watermark))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("lost");
        assertThat(slow.transactionCommitted()).isFalse();
    }

    @Test
    void aTransactionEndsWithNothingOnItsWay() throws InterruptedException {
        List<Boolean> flushed = new ArrayList<>();
        MockProducer<byte[], byte[]> slow =
                new MockProducer<>(
                        cluster(),
                        false,
                        new RoundRobinPartitioner(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()) {
                    @Override
                    public synchronized void commitTransaction() {
                        flushed.add(flushed());
                        super.commitTransaction();
                    }

                    @Override
                    public synchronized void abortTransaction() {
                        flushed.add(flushed());
                        super.abortTransaction();
                    }
                };
        slow.initTransactions();
        TablePublisher careful = new TablePublisher(slow, TOPICS, ROWS, 3, new long[PARTITIONS]);
        careful.row(key(1), key(1), value(1));
        careful.commit(TablePublisherTest::watermark);
        careful.row(key(2), key(2), value(2));
        careful.abort();

        assertThat(flushed).containsExactly(true, true);
    }

    @Test
    void theBytesOfTheOpenTransactionAreCounted() throws InterruptedException {
        publisher.row(new byte[3], new byte[3], new byte[7]);
        publisher.row(new byte[1], new byte[1], new byte[9]);

        assertThat(publisher.bytes()).isEqualTo(20);
        publisher.commit(TablePublisherTest::watermark);
        assertThat(publisher.bytes()).isZero();
    }

    @Test
    void aRowThatIsTooLargeIsRejectedWithItsReasonAndTheRestGoOn() throws InterruptedException {
        byte[] large = new byte[TopicCreator.LARGEST_RECORD - 4096];

        assertThat(publisher.row(key(1), key(1), large)).isEmpty();
        assertThat(publisher.row(key(2), key(2), value(2))).isPresent();
        publisher.commit(TablePublisherTest::watermark);

        assertThat(publisher.rejects()).isEqualTo(1);
        assertThat(producer.history())
                .extracting(ProducerRecord::topic)
                .containsExactly("syncline.rejects", ROWS, "syncline.watermarks");
        ProducerRecord<byte[], byte[]> reject = producer.history().get(0);
        assertThat(reject.key()).isEqualTo(key(1));
        assertThat(header(reject, "topic")).isEqualTo(ROWS);
        assertThat(header(reject, "reason")).isEqualTo("a row of 67104768 bytes; 67104768 at most go into one record");
    }

    @Test
    void theLargestRowThatFitsIsPublished() {
        byte[] key = key(1);

        assertThat(publisher.row(key, key, new byte[TopicCreator.LARGEST_RECORD - 4096 - key.length]))
                .isPresent();
        assertThat(publisher.rejects()).isZero();
    }

    @Test
    void aSchemaStandsBeforeTheRowsThatUseItAndMovesNoEnd() throws InterruptedException {
        RowSchema schema = RowSchema.of(SampleTable.named("shop", "orders")
                .column("id", ColumnKind.INT)
                .key("id")
                .version(1));
        publisher.schema(schema);

        assertThat(publisher.commit(TablePublisherTest::watermark).ends()).containsExactly(-1L, -1L, 41L, -1L);
        ProducerRecord<byte[], byte[]> event = producer.history().get(0);
        assertThat(event.topic()).isEqualTo("syncline.schemas");
        assertThat(SchemaChange.decode(event.value())).isEqualTo(new SchemaChange(schema, ROWS));
    }

    @Test
    void aMarkerGoesToItsOwnPartition() throws InterruptedException {
        marker(2);
        publisher.commit(TablePublisherTest::watermark);

        ProducerRecord<byte[], byte[]> event = producer.history().get(0);
        assertThat(event.partition()).isEqualTo(2);
        assertThat(RefreshMarker.decode(event.value()).partition()).isEqualTo(2);
    }

    private void marker(int partition) {
        publisher.marker(new RefreshMarker(RefreshMarker.Kind.BEGIN, 1, "1.0", 1, partition, PARTITIONS, 0));
    }

    private static Watermark watermark(List<Long> ends) {
        return new Watermark(
                ORDERS,
                "",
                Phase.INCREMENTAL,
                1,
                null,
                null,
                null,
                NONE,
                0,
                NONE,
                NONE,
                null,
                0,
                true,
                "topic-1",
                ends,
                0,
                null);
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private static byte[] value(int number) {
        return ("value " + number).getBytes(StandardCharsets.UTF_8);
    }

    private static String header(ProducerRecord<byte[], byte[]> event, String name) {
        return new String(event.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static Cluster cluster() {
        Node node = new Node(1, "localhost", 9092);
        List<PartitionInfo> partitions = new ArrayList<>();
        for (String topic : List.of(ROWS, TOPICS.schemas(), TOPICS.watermarks(), TOPICS.rejects())) {
            IntStream.range(0, PARTITIONS)
                    .mapToObj(i -> new PartitionInfo(topic, i, node, new Node[] {node}, new Node[] {node}))
                    .forEach(partitions::add);
        }
        return new Cluster("test", List.of(node), partitions, Set.of(), Set.of());
    }
}
