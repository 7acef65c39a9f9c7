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

    private MockConsumer<byte[], byte[]> openUntilPoll(int last) {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
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
        };
        consumer.updatePartitions(
                WATERMARKS.topic(), List.of(new PartitionInfo(WATERMARKS.topic(), 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(SCHEMAS, 0L, WATERMARKS, 0L));
        consumer.updateEndOffsets(Map.of(SCHEMAS, 0L, WATERMARKS, 0L));
        return consumer;
    }
}
