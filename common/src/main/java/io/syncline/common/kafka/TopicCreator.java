package io.syncline.common.kafka;

import io.syncline.common.event.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics that are missing and refuses those that would lose data. Thread-safe, as Kafka's admin client is.
 */
public final class TopicCreator implements TopicIds {

    /** The largest record that a rows topic takes; below the 100 MiB that a broker takes as one request. */
    public static final int LARGEST_RECORD = 64 * 1024 * 1024;

    /**
     * How old rows are before Kafka compacts them. A copy that takes less is not written once more by the broker while it is under way,
     * and a refresh's generation stays whole for a loader that is behind by less.
     */
    private static final Duration ROWS_STAY_WHOLE = Duration.ofMinutes(10);

    private static final Map<String, String> COMPACTED = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            Integer.toString(LARGEST_RECORD));

    private static final int ATTEMPTS = 50;
    private static final long PAUSE_MILLIS = 100;

    private final Admin admin;
    private final Topics topics;
    private final int rowPartitions;
    private final int watermarkPartitions;

    public TopicCreator(Admin admin, Topics topics, int rowPartitions, int watermarkPartitions) {
        this.admin = admin;
        this.topics = topics;
        this.rowPartitions = rowPartitions;
        this.watermarkPartitions = watermarkPartitions;
    }

    /** The topics that are not a table's own. @throws UnsafeTopicException as {@link #createRows} does */
    public void createShared() throws InterruptedException {
        create(List.of(
                compacted(topics.schemas(), 1),
                compacted(topics.watermarks(), watermarkPartitions),
                new NewTopic(topics.rejects(), Optional.of(4), Optional.empty())
                        .configs(Map.of(
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_DELETE,
                                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                Integer.toString(LARGEST_RECORD)))));
        refuseDeletion(List.of(topics.schemas(), topics.watermarks()));
    }

    /** @throws UnsafeTopicException where a topic exists whose records Kafka would delete */
    public void createRows(Collection<String> names) throws InterruptedException {
        create(names.stream().map(this::rows).toList());
        refuseDeletion(names);
    }

    /** @throws UnsafeTopicException where one of these topics exists and Kafka would delete its records */
    public void refuseUnsafe(Collection<String> names) throws InterruptedException {
        Set<String> existing = get(() -> admin.listTopics().names().get());
        refuseDeletion(names.stream().filter(existing::contains).toList());
    }

    /** How many partitions each of these existing topics has. */
    public Map<String, Integer> partitions(Collection<String> names) throws InterruptedException {
        return get(() -> admin.describeTopics(names).allTopicNames().get()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> partitions(entry.getValue())));
    }

    /** The partitions of those of these topics that exist. */
    public List<TopicPartition> existing(Collection<String> names) throws InterruptedException {
        return describeExisting(names).stream()
                .flatMap(topic ->
                        topic.partitions().stream().map(info -> new TopicPartition(topic.name(), info.partition())))
                .toList();
    }

    @Override
    public Map<String, String> of(Collection<String> names) throws InterruptedException {
        return describeExisting(names).stream()
                .collect(Collectors.toMap(
                        TopicDescription::name, topic -> topic.topicId().toString()));
    }

    private List<TopicDescription> describeExisting(Collection<String> names) throws InterruptedException {
        List<TopicDescription> existing = new ArrayList<>();
        for (var topic : admin.describeTopics(names).topicNameValues().values()) {
            try {
                existing.add(topic.get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw KafkaFailure.of(e);
                }
            }
        }
        return existing;
    }

    /** What tells each existing topic from another one of its name, and from itself before records of it were deleted. */
    public Map<String, String> identities(Collection<String> names) throws InterruptedException {
        Map<String, String> identities = new HashMap<>();
        for (Map.Entry<String, String> topic : of(names).entrySet()) {
            List<Long> first =
                    ranges(topic.getKey()).stream().map(OffsetRange::first).toList();
            identities.put(topic.getKey(), topic.getValue() + first);
        }
        return identities;
    }

    /** The first offset and the one behind the last of each partition of an existing topic, in order. */
    public List<OffsetRange> ranges(String topic) throws InterruptedException {
        int count = partitions(List.of(topic)).getOrDefault(topic, 0);
        Map<TopicPartition, Long> first = offsets(topic, count, OffsetSpec.earliest());
        Map<TopicPartition, Long> end = offsets(topic, count, OffsetSpec.latest());
        List<OffsetRange> ranges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TopicPartition partition = new TopicPartition(topic, i);
            ranges.add(new OffsetRange(first.getOrDefault(partition, 0L), end.getOrDefault(partition, 0L)));
        }
        return ranges;
    }

    private Map<TopicPartition, Long> offsets(String topic, int count, OffsetSpec which) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = IntStream.range(0, count)
                .boxed()
                .collect(Collectors.toMap(i -> new TopicPartition(topic, i), i -> which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        get(() -> admin.listOffsets(wanted).all().get())
                .forEach((partition, result) -> offsets.put(partition, result.offset()));
        return offsets;
    }

    private static int partitions(TopicDescription description) {
        return description.partitions().size();
    }

    private NewTopic rows(String name) {
        Map<String, String> settings = new HashMap<>(COMPACTED);
        settings.put(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, Long.toString(ROWS_STAY_WHOLE.toMillis()));
        return new NewTopic(name, Optional.of(rowPartitions), Optional.empty()).configs(settings);
    }

    private static NewTopic compacted(String name, int partitions) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(COMPACTED);
    }

    private void create(Collection<NewTopic> wanted) throws InterruptedException {
        var existing = get(() -> admin.listTopics().names().get());
        List<NewTopic> missing = wanted.stream()
                .filter(topic -> !existing.contains(topic.name()))
                .toList();
        for (var result : admin.createTopics(missing).values().values()) {
            try {
                result.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw KafkaFailure.of(e);
                }
            }
        }
    }

    private void refuseDeletion(Collection<String> names) throws InterruptedException {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> configs =
                get(() -> admin.describeConfigs(resources).all().get());
        configs.forEach((resource, config) -> {
            String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
            if (policy.contains(TopicConfig.CLEANUP_POLICY_DELETE)) {
                throw new UnsafeTopicException("topic " + resource.name() + " has cleanup.policy=" + policy
                        + ", by which Kafka deletes rows that no one has changed for a while; set it to compact");
            }
        });
    }

    private static <T> T get(KafkaCall<T> call) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (ExecutionException e) {
                // a broker may not have heard yet of the topic that another has just created
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || attempt == ATTEMPTS) {
                    throw KafkaFailure.of(e);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private interface KafkaCall<T> {
        T get() throws ExecutionException, InterruptedException;
    }
}
