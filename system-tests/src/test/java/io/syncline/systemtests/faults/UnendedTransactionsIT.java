package io.syncline.systemtests.faults;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.event.TransactionEnd;
import io.syncline.common.event.Watermark;
import io.syncline.common.model.TableId;
import io.syncline.common.row.SingleObject;
import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Table;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Transactions that Kafka has not ended in single partitions, which the next one of the same producer would decide of. */
class UnendedTransactionsIT {

    private static final int WATERMARK_PARTITIONS = 4;

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table orders = table("orders", "id").modifier("at");

    /** The row with id 1 has two versions in the topic, and nobody is publishing. */
    @BeforeEach
    void publishTwoVersions() throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE orders (id INT PRIMARY KEY, v INT NOT NULL, at TIMESTAMP(6) DEFAULT"
                                + " CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), KEY (at))",
                        "INSERT INTO orders (id, v) VALUES (1, 1)");
        scenario.sync(orders);
        Service extractor = scenario.extractor();
        scenario.loader();
        scenario.awaitEqual();
        scenario.source().run("UPDATE orders SET v = 2");
        scenario.awaitEqual();
        extractor.terminate();
    }

    private TableId id() {
        return new TableId(scenario.source().name(), orders.name());
    }

    private TopicPartition watermarks() {
        int partition = Utils.toPositive(Utils.murmur2(Watermark.key(id()))) % WATERMARK_PARTITIONS;
        return new TopicPartition(scenario.topics().watermarks(), partition);
    }

    private long leaveOpen(TopicPartition partition, byte[] key, byte[] value) throws Exception {
        String producer = scenario.extractorGroup() + "-" + watermarks().partition();
        return UnendedTransaction.leave(scenario.topics().admin(), producer, partition, key, value);
    }

    private void leaveOpen(Watermark watermark) throws Exception {
        leaveOpen(watermarks(), watermark.key(), watermark.value());
    }

    private void publish(Watermark watermark) throws Exception {
        scenario.topics().produce(watermarks().topic(), watermark.key(), watermark.value());
    }

    /** All versions of the row that readers are given. */
    private List<ConsumerRecord<byte[], byte[]>> versions() {
        return scenario.topics().records(scenario.topics().rows(orders)).stream()
                .filter(event -> SingleObject.fingerprint(event.value()).orElseThrow() != TransactionEnd.FINGERPRINT)
                .toList();
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> event) {
        return new TopicPartition(event.topic(), event.partition());
    }

    private Watermark watermark() {
        return Watermark.decode(scenario.topics().newest(scenario.topics().watermarks()));
    }

    /** The newest watermark with another end in the row's partition. */
    private static Watermark reaching(Watermark old, int partition, long end) {
        Long[] ends = old.ends().toArray(Long[]::new);
        ends[partition] = end;
        return new Watermark(
                old.table(),
                old.settings(),
                old.phase(),
                old.schemaVersion(),
                old.modifier(),
                old.nextModifier(),
                old.cursorModifier(),
                old.cursorKey(),
                old.generation(),
                old.digest(),
                old.recent(),
                old.loadId(),
                old.loadRows(),
                old.loadFinished(),
                old.topicId(),
                Arrays.asList(ends),
                old.totalRows(),
                old.finishedAt());
    }

    /** Another row comes through, and nothing stays open. */
    private Service goesOn() throws Exception {
        Service extractor = scenario.extractor();
        scenario.source().run("INSERT INTO orders (id, v) VALUES (2, 1)");
        scenario.awaitEqual();
        assertThat(scenario.topics().open(orders)).isZero();
        return extractor;
    }

    @Test
    void rowsThatWereTakenBackStayAway() throws Exception {
        ConsumerRecord<byte[], byte[]> former = versions().get(0);
        leaveOpen(partition(former), former.key(), former.value());
        assertThat(scenario.topics().open(orders)).isEqualTo(1);

        Service extractor = goesOn();
        scenario.source().run("UPDATE orders SET v = 3 WHERE id = 1");
        scenario.awaitEqual();

        assertThat(versions())
                .as("two versions, the other row and the third version")
                .hasSize(4);
        assertThat(extractor.output()).contains("Kafka has left transactions open");
        assertThat(extractor.status(orders).path("startedOver").isNull()).isTrue();
    }

    @Test
    void whatIsLeftOpenWhileAnExtractorRunsIsFoundThoughNothingChanges() throws Exception {
        Service extractor = scenario.extractor();
        scenario.awaitPasses(extractor, orders, 2);
        ConsumerRecord<byte[], byte[]> former = versions().get(0);
        leaveOpen(partition(former), former.key(), former.value());

        scenario.eventually(
                "nothing is open",
                () -> assertThat(scenario.topics().open(orders)).isZero());

        assertThat(extractor.output()).contains("Kafka holds transactions open that have ended");
        scenario.source().run("UPDATE orders SET v = 3");
        scenario.awaitEqual();
        assertThat(versions()).hasSize(3);
    }

    @Test
    void rowsThatWerePublishedAreGivenToReaders() throws Exception {
        ConsumerRecord<byte[], byte[]> newest = versions().get(1);
        Watermark before = watermark();
        long offset = leaveOpen(partition(newest), newest.key(), newest.value());
        publish(reaching(before, newest.partition(), offset));

        Service extractor = goesOn();

        assertThat(versions()).anyMatch(event -> event.offset() == offset && event.partition() == newest.partition());
        assertThat(extractor.status(orders).path("startedOver").isNull()).isTrue();
    }

    @Test
    void aWatermarkWithoutARowThatReadersAreGivenIsTakenBack() throws Exception {
        ConsumerRecord<byte[], byte[]> newest = versions().get(1);
        Watermark before = watermark();
        long offset = leaveOpen(partition(newest), newest.key(), newest.value());
        leaveOpen(reaching(before, newest.partition(), offset));

        Service extractor = goesOn();

        assertThat(versions()).noneMatch(event -> event.offset() == offset && event.partition() == newest.partition());
        assertThat(extractor.status(orders).path("startedOver").isNull()).isTrue();
    }

    @Test
    void aWatermarkOfARowThatReadersAreGivenCounts() throws Exception {
        ConsumerRecord<byte[], byte[]> newest = versions().get(1);
        Watermark before = watermark();
        Watermark after = reaching(before, newest.partition(), newest.offset());
        // as if the one before had not known of the row
        publish(reaching(before, newest.partition(), -1));
        leaveOpen(after);

        goesOn();

        assertThat(scenario.topics().values(watermarks().topic()))
                .filteredOn(value -> Arrays.equals(value, after.value()))
                .as("as it was committed first, and as it counts now, twice")
                .hasSizeGreaterThan(1);
    }

    @Test
    void aSchemaVersionWhoseWatermarkWasTakenBackHasItsConsequencesStill() throws Exception {
        Watermark before = watermark();
        scenario.source().run("ALTER TABLE orders ADD COLUMN c INT", "UPDATE orders SET c = 7, at = at");
        Service extractor = scenario.extractor();
        scenario.awaitEqual();
        extractor.terminate();
        publish(before);
        scenario.target().run("UPDATE orders SET c = NULL");

        goesOn();
    }

    @Test
    void rowsThatKafkaTookBackAreCopiedAnew() throws Exception {
        ConsumerRecord<byte[], byte[]> newest = versions().get(1);
        Watermark before = watermark();
        long offset = leaveOpen(partition(newest), newest.key(), newest.value());
        scenario.topics().abortOpen(partition(newest));
        publish(reaching(before, newest.partition(), offset));
        scenario.target().run("DELETE FROM orders");

        Service extractor = goesOn();

        assertThat(extractor.status(orders).path("startedOver").asText()).contains("Kafka has taken back");
    }
}
