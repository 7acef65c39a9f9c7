package io.syncline.common.kafka;

import io.syncline.common.event.Topics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics that are missing and refuses those that would lose data. Thread-safe, as Kafka's admin client is.
 */
public final class TopicCreator {

    /** The largest record that a rows topic takes; below the 100 MiB that a broker takes as one request. */
    public static final int LARGEST_RECORD = 64 * 1024 * 1024;

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
        create(names.stream().map(name -> compacted(name, rowPartitions)).toList());
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

    private static int partitions(TopicDescription description) {
        return description.partitions().size();
    }

    private static NewTopic compacted(String name, int partitions) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty())
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(LARGEST_RECORD)));
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
