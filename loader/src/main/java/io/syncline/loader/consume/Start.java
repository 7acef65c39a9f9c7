package io.syncline.loader.consume;

import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the applying of a partition begins: where it was, or with the first record. Where records are gone that were not
 * applied it begins nowhere, since to go on would lose rows in silence.
 *
 * @param lost why it may not begin
 */
record Start(long offset, Optional<String> lost) {

    /** How far a partition was applied, and of which topic: one of the same name may have come in its place. */
    record Reached(long offset, String topicId) {}

    /**
     * @param reached empty where the group has never committed; a topic id may be missing in it, where someone has set
     *     the group's offset by hand
     * @param first the partition's first offset
     * @param end the offset behind its last one
     */
    static Start of(TopicPartition partition, Optional<Reached> reached, String topicId, long first, long end) {
        boolean known = reached.isPresent()
                && (reached.get().topicId().isEmpty() || reached.get().topicId().equals(topicId));
        if (!known) {
            return new Start(first, Optional.empty());
        }
        long offset = reached.get().offset();
        if (first <= offset && offset <= end) {
            return new Start(offset, Optional.empty());
        }
        return new Start(offset, Optional.of(lost(partition, offset, first, end)));
    }

    private static String lost(TopicPartition partition, long offset, long first, long end) {
        return "records that were not applied are gone: offset " + offset + " of " + partition
                + " is next, but the partition holds " + first + " to " + end + "; delete the topic "
                + partition.topic() + ", and the extractor makes it anew and copies the table again, or go on without"
                + " them: stop the loaders and set the group's offset (kafka-consumer-groups.sh --reset-offsets"
                + " --to-earliest)";
    }
}
