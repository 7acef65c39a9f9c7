package io.syncline.extractor.table;

import io.syncline.common.event.Watermark;
import io.syncline.common.kafka.OffsetRange;
import io.syncline.common.model.TableId;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * The topic of a table's rows as Kafka has it now.
 *
 * @param id by which another topic of the same name is told from it
 * @param ranges what each partition holds
 */
record RowsTopic(String name, String id, List<OffsetRange> ranges) {

    RowsTopic {
        ranges = List.copyOf(ranges);
    }

    /** Makes the topic where there is none. */
    static RowsTopic open(TableTools tools, TableId table) throws InterruptedException {
        String name = tools.topics().rows(table);
        tools.topicCreator().createRows(List.of(name));
        List<OffsetRange> ranges = tools.topicCreator().ranges(name);
        String id = tools.topicCreator().of(List.of(name)).getOrDefault(name, "");
        // what it remembers may be of the topic before
        tools.watch().forget();
        return new RowsTopic(name, id, ranges);
    }

    int partitions() {
        return ranges.size();
    }

    /** Whether nothing was ever published on it. */
    boolean isEmpty() {
        return ranges.stream().allMatch(range -> range.end() == 0);
    }

    /** The newest offset in each partition of a table about which nothing is published. */
    List<Long> noEnds() {
        return Collections.nCopies(ranges.size(), -1L);
    }

    /** Tells which of these offsets readers of committed events are given. */
    interface CommittedLook {
        Set<TopicPartition> readable(Map<TopicPartition, Long> offsets);
    }

    /**
     * What is there and will not be given to any reader. A transaction that Kafka did not end in a partition shares the fate of the
     * same producer's next one there.
     */
    Optional<String> whatWasTakenBack(Watermark published, CommittedLook look) {
        Map<TopicPartition, Long> newest = new TreeMap<>(Comparator.comparingInt(TopicPartition::partition));
        for (int i = 0; i < Math.min(ranges.size(), published.ends().size()); i++) {
            if (published.ends().get(i) >= 0) {
                newest.put(new TopicPartition(name, i), published.ends().get(i));
            }
        }
        Set<TopicPartition> found = look.readable(newest);
        return newest.entrySet().stream()
                .filter(end -> !found.contains(end.getKey()))
                .findFirst()
                .map(end -> "Kafka has taken back what it had committed to the topic " + name + ": event "
                        + end.getValue() + " of partition " + end.getKey().partition());
    }

    /** What was published and is not there any more; compaction never takes the newest event. */
    Optional<String> whatIsGone(Watermark published) {
        String before = published.topicId();
        if (before != null && !before.equals(id)) {
            return Optional.of("the topic " + name + " was deleted or made anew");
        }
        for (int i = 0; i < Math.min(ranges.size(), published.ends().size()); i++) {
            long newest = published.ends().get(i);
            if (newest >= 0 && !ranges.get(i).holds(newest)) {
                return Optional.of("events are gone from the topic " + name + ": the newest of partition " + i
                        + " was " + newest + ", and it holds "
                        + ranges.get(i).first() + " to " + ranges.get(i).end());
            }
        }
        return Optional.empty();
    }
}
