package io.syncline.extractor.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.event.Watermark;
import io.syncline.common.model.TableId;
import io.syncline.extractor.table.TableTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

final class OwnedPartitionTest {

    private static final int PARTITION = 3;

    /** Runs out of memory once, and has no tables any more when it is restored. */
    private static final class ScarceMemory implements OwnedPartition.Parts {

        private final MockProducer<byte[], byte[]> producer = new MockProducer<>();
        private final List<String> troubles = new ArrayList<>();
        private boolean failed;
        private boolean released;

        @Override
        public boolean hasTables(int partition) {
            return !failed;
        }

        @Override
        public String sharedTopics() {
            return "";
        }

        @Override
        public void restoreSharedTopics() {
            // none is missing
        }

        @Override
        public Producer<byte[], byte[]> producer(int partition) {
            return producer;
        }

        @Override
        public void endTransactions(int partition, Producer<byte[], byte[]> its) {
            // none is open
        }

        @Override
        public void requireNoTransaction(int partition) {
            // none is open
        }

        @Override
        public Map<TableId, Watermark> watermarks(int partition) {
            failed = true;
            throw new OutOfMemoryError("Java heap space");
        }

        @Override
        public List<TableTask> tasks(int partition, Producer<byte[], byte[]> its, Map<TableId, Watermark> watermarks) {
            return List.of();
        }

        @Override
        public void released(int partition) {
            released = true;
        }

        @Override
        public void kafkaFared(int partition, String trouble) {
            troubles.add(partition + " " + trouble);
        }
    }

    @Test
    void anErrorIsToldAndThePartitionIsRestoredOnTheSameThread() {
        ScarceMemory parts = new ScarceMemory();
        OwnedPartition owned = new OwnedPartition(PARTITION, parts, false);

        owned.run();

        assertThat(parts.troubles).containsExactly("3 Java heap space");
        assertThat(parts.producer.closed()).isTrue();
        assertThat(parts.released).isTrue();
        assertThat(owned.isFinished()).as("restored, and found without tables").isTrue();
    }
}
