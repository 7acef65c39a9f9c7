package io.syncline.loader.target;

import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * What a loader says when it takes a partition over.
 *
 * @param generation of the consumer group in which the partition was assigned
 * @param topicId of the topic that the offset is of
 * @param nextOffset where it would begin
 * @param resumes whether loaders committed that offset, so that what the target has beyond it was applied; false where it
 *     was set by hand, or is the topic's first, to have events applied again
 * @param rival the epoch of another that stood in the way, where the group has since confirmed this loader's assignment
 */
public record Claim(
        TopicPartition partition,
        int generation,
        String topicId,
        long nextOffset,
        boolean resumes,
        OptionalLong rival) {}
