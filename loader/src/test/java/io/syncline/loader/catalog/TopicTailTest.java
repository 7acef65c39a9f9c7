package io.syncline.loader.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.event.SchemaChange;
import io.syncline.common.event.Topics;
import io.syncline.common.row.RowSchema;
import io.syncline.common.run.StopSignal;
import io.syncline.loader.SampleTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class TopicTailTest {

    private static final Topics TOPICS = new Topics("syncline");
    private static final TopicPartition SCHEMAS = new TopicPartition(TOPICS.schemas(), 0);
    private static final TopicPartition WATERMARKS = new TopicPartition(TOPICS.watermarks(), 0);

    private final RowSchema users = SampleTable.users().rows();
    private final Catalog catalog = new Catalog(table -> true);
    private final StopSignal stop = new StopSignal();

    @AfterEach
    void stopTail() {
        stop.stop();
    }

    @Test
    void whatIsCommittedBehindAnOpenTransactionIsWaitedFor() throws InterruptedException {
        // others have one open at offset 0, and the schema is at offset 1
        TopicTail tail = new TopicTail(
                () -> openUntilPoll(5), partitions -> Map.of(SCHEMAS, 2L), TOPICS, catalog, () -> {}, stop);
        new Thread(tail, "tail").start();

        assertThat(tail.catchUp()).isTrue();

        assertThat(catalog.byFingerprint(users.fingerprint())).contains(users);
    }

    @Test
    void aQuestionDoesNotWaitForThePollThatFindsNothing() throws InterruptedException {
        CountDownLatch waits = new CountDownLatch(1);
        MockConsumer<byte[], byte[]> consumer = followed(new MockConsumer<>("earliest") {
            private final CountDownLatch woken = new CountDownLatch(1);

            @Override
            @SuppressWarnings("UnsynchronizedOverridesSynchronized") // who wakes it must get in
            public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                waits.countDown();
                try {
                    assertThat(woken.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return super.poll(timeout);
            }

            @Override
            @SuppressWarnings("UnsynchronizedOverridesSynchronized")
            public void wakeup() {
                super.wakeup();
                woken.countDown();
            }
        });
        TopicTail tail = new TopicTail(() -> consumer, partitions -> Map.of(), TOPICS, catalog, () -> {}, stop);
        new Thread(tail, "tail").start();
        assertThat(waits.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(tail.catchUp()).isTrue();

        assertThat(tail.trouble()).isEmpty();
    }

    private MockConsumer<byte[], byte[]> openUntilPoll(int last) {
        return followed(new MockConsumer<>("earliest") {
            private int polls;

            @Override
            public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                polls++;
                if (polls == last) {
                    byte[] value = new SchemaChange(users, "rows.users").value();
                    addRecord(new ConsumerRecord<>(SCHEMAS.topic(), 0, 1, new byte[] {1}, value));
                }
                return super.poll(timeout);
            }
        });
    }

    private static MockConsumer<byte[], byte[]> followed(MockConsumer<byte[], byte[]> consumer) {
        consumer.updatePartitions(
                WATERMARKS.topic(), List.of(new PartitionInfo(WATERMARKS.topic(), 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(SCHEMAS, 0L, WATERMARKS, 0L));
        consumer.updateEndOffsets(Map.of(SCHEMAS, 0L, WATERMARKS, 0L));
        return consumer;
    }
}
