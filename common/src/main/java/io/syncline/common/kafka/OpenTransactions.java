package io.syncline.common.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Transactions that are neither committed nor aborted, behind which readers of committed records are given nothing. Thread-safe. */
public interface OpenTransactions {

    /**
     * The first offset of the oldest one in each of these partitions that has any.
     *
     * @throws org.apache.kafka.common.KafkaException where Kafka did not say
     */
    Map<TopicPartition, Long> in(Collection<TopicPartition> partitions) throws InterruptedException;

    static OpenTransactions by(Admin admin) {
        return partitions -> {
            // in this order one that ends between the two looks is not seen
            Map<TopicPartition, Long> ends = ends(admin, partitions, IsolationLevel.READ_UNCOMMITTED);
            Map<TopicPartition, Long> open = new HashMap<>(ends(admin, partitions, IsolationLevel.READ_COMMITTED));
            open.entrySet().removeIf(stable -> stable.getValue() >= ends.getOrDefault(stable.getKey(), 0L));
            return open;
        };
    }

    private static Map<TopicPartition, Long> ends(
            Admin admin, Collection<TopicPartition> partitions, IsolationLevel isolation) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted =
                partitions.stream().collect(Collectors.toMap(partition -> partition, each -> OffsetSpec.latest()));
        try {
            Map<TopicPartition, ListOffsetsResultInfo> found = admin.listOffsets(
                            wanted, new ListOffsetsOptions(isolation))
                    .all()
                    .get();
            return found.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, end -> end.getValue().offset()));
        } catch (ExecutionException e) {
            throw KafkaFailure.of(e);
        }
    }
}
