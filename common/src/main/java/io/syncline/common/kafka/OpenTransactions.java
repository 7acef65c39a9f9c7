package io.syncline.common.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transactions that are neither committed nor aborted, behind which readers of committed records are given nothing. Thread-safe. */
public final class OpenTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(OpenTransactions.class);

    private final Admin admin;

    public OpenTransactions(Admin admin) {
        this.admin = admin;
    }

    /** The first offset of the oldest one in each of these partitions that has any; none of a partition of which Kafka did not say. */
    public Map<TopicPartition, Long> in(Collection<TopicPartition> partitions) throws InterruptedException {
        // in this order one that ends between the two looks is not seen
        Map<TopicPartition, Long> ends = ends(partitions, IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> open = ends(partitions, IsolationLevel.READ_COMMITTED);
        open.entrySet().removeIf(stable -> stable.getValue() >= ends.getOrDefault(stable.getKey(), 0L));
        return open;
    }

    private Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions, IsolationLevel isolation)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted =
                partitions.stream().collect(Collectors.toMap(partition -> partition, each -> OffsetSpec.latest()));
        ListOffsetsResult answer = admin.listOffsets(wanted, new ListOffsetsOptions(isolation));
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (TopicPartition partition : partitions) {
            try {
                ends.put(partition, answer.partitionResult(partition).get().offset());
            } catch (ExecutionException e) {
                // a partition without leader must not keep the others waiting
                LOG.debug("Kafka does not say where {} ends", partition, e);
            }
        }
        return ends;
    }
}
