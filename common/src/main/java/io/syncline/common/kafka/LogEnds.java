package io.syncline.common.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Where partitions end. A consumer of committed records is told the first record of the oldest open transaction instead, and behind
 * that one may stand what others have committed long since. Thread-safe.
 */
public interface LogEnds {

    /** @throws org.apache.kafka.common.KafkaException where Kafka did not say */
    Map<TopicPartition, Long> of(Collection<TopicPartition> partitions) throws InterruptedException;

    static LogEnds by(Admin admin) {
        return partitions -> {
            var answer = admin.listOffsets(
                    partitions.stream().collect(Collectors.toMap(partition -> partition, each -> OffsetSpec.latest())));
            Map<TopicPartition, Long> ends = new HashMap<>();
            for (TopicPartition partition : partitions) {
                KafkaFuture<ListOffsetsResultInfo> end = answer.partitionResult(partition);
                try {
                    ends.put(partition, end.get().offset());
                } catch (ExecutionException e) {
                    throw KafkaFailure.of(e);
                }
            }
            return ends;
        };
    }
}
