package io.syncline.systemtests.pipeline;

import static org.awaitility.Awaitility.await;

import io.syncline.common.model.TableId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A test's topics, looked at from outside. */
public final class Topics {

    private final io.syncline.common.event.Topics names;
    private final String servers;
    private final String database;
    private final Admin admin;

    Topics(String servers, String prefix, String database) {
        this.names = new io.syncline.common.event.Topics(prefix);
        this.servers = servers;
        this.database = database;
        this.admin = Admin.create(Map.of("bootstrap.servers", servers));
    }

    public Admin admin() {
        return admin;
    }

    public String rows(Table table) {
        return names.rows(new TableId(database, table.name()));
    }

    public String rejects() {
        return names.rejects();
    }

    public String watermarks() {
        return names.watermarks();
    }

    public String schemas() {
        return names.schemas();
    }

    /** Deletes a topic behind the services' back; returns when it is gone, even if they have made another by then. */
    public void delete(String topic) throws ExecutionException, InterruptedException {
        Optional<Uuid> deleted = id(topic);
        admin.deleteTopics(List.of(topic)).all().get();
        await(topic + " gone").until(() -> !id(topic).equals(deleted));
    }

    private Optional<Uuid> id(String topic) throws ExecutionException, InterruptedException {
        return admin.listTopics().listings().get().stream()
                .filter(listing -> listing.name().equals(topic))
                .map(TopicListing::topicId)
                .findFirst();
    }

    /** Puts an empty topic with as many partitions in another's place. */
    public void makeAnew(String topic) throws ExecutionException, InterruptedException {
        int partitions;
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            partitions = partitions(consumer, topic).size();
        }
        delete(topic);
        create(topic, partitions);
    }

    /** Makes an empty topic, as somebody might before the services do. */
    public void create(String topic, int partitions) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(
                        new NewTopic(topic, partitions, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                .all()
                .get();
    }

    /** Deletes all records that a topic holds. */
    public void empty(String topic) throws ExecutionException, InterruptedException {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            // Kafka refuses to do so for compacted topics
            cleanupPolicy(topic, "compact,delete");
            consumer.endOffsets(partitions(consumer, topic))
                    .forEach((partition, end) -> all.put(partition, RecordsToDelete.beforeOffset(end)));
            await("records of " + topic + " deleted").ignoreExceptions().until(() -> {
                admin.deleteRecords(all).all().get();
                return true;
            });
            cleanupPolicy(topic, "compact");
        }
    }

    /** Lets Kafka compact a topic, but for its newest records, as soon as its cleaner comes by. */
    public void compactSoon(String topic) throws ExecutionException, InterruptedException {
        set(
                topic,
                Map.of(
                        "segment.ms", "1",
                        "min.cleanable.dirty.ratio", "0.001",
                        "min.compaction.lag.ms", "0",
                        "max.compaction.lag.ms", "1"));
    }

    /** Has a topic take batches of so many bytes at most. */
    public void largestBatch(String topic, int bytes) throws ExecutionException, InterruptedException {
        set(topic, Map.of("max.message.bytes", Integer.toString(bytes)));
    }

    private void cleanupPolicy(String topic, String policy) throws ExecutionException, InterruptedException {
        set(topic, Map.of("cleanup.policy", policy));
    }

    private void set(String topic, Map<String, String> settings) throws ExecutionException, InterruptedException {
        List<AlterConfigOp> operations = settings.entrySet().stream()
                .map(setting -> new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        admin.incrementalAlterConfigs(Map.of(resource, operations)).all().get();
    }

    /** Waits until a group has no members, not even one that was killed. */
    public void awaitNoMembers(String group) {
        await(group + " empty")
                .atMost(Duration.ofSeconds(60))
                .until(() -> shares(group).isEmpty());
    }

    /** Sets a group's offset in every partition of a topic, as Kafka's own tool does. */
    public void commit(String group, String topic, long offset) throws ExecutionException, InterruptedException {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            partitions(consumer, topic).forEach(partition -> offsets.put(partition, new OffsetAndMetadata(offset)));
            admin.alterConsumerGroupOffsets(group, offsets).all().get();
        }
    }

    /** How many committed records a topic holds, markers among them. */
    public long committed(String topic) {
        return values(topic).size();
    }

    /** The values of all committed records. */
    public List<byte[]> values(String topic) {
        return records(topic).stream().map(ConsumerRecord::value).toList();
    }

    /** All committed records, in order within each partition. */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    /** The value of a committed record of which none is newer in its partition. */
    public byte[] newest(String topic) {
        List<byte[]> values = values(topic);
        return values.get(values.size() - 1);
    }

    /** Publishes a record as anyone may who is let in. */
    public void produce(String topic, byte[] key, byte[] value) throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    /** Aborts what is open in a partition, as Kafka's own tool does. */
    public void abortOpen(TopicPartition partition) throws ExecutionException, InterruptedException {
        var producers = admin.describeProducers(List.of(partition))
                .partitionResult(partition)
                .get()
                .activeProducers();
        for (ProducerState producer : producers) {
            if (producer.currentTransactionStartOffset().isPresent()) {
                admin.abortTransaction(new AbortTransactionSpec(
                                partition,
                                producer.producerId(),
                                (short) producer.producerEpoch(),
                                producer.coordinatorEpoch().orElse(0)))
                        .all()
                        .get();
            }
        }
    }

    /** Where each partition of a table's rows ends; grows with every transaction, rows or none. */
    public Map<TopicPartition, Long> ends(Table table) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return consumer.endOffsets(partitions(consumer, rows(table)));
        }
    }

    /** How many of a table's records no reader may see, since their transactions are neither committed nor aborted. */
    public long open(Table table) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> stable = ends(table);
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        stable.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        long open = 0;
        for (var end : admin.listOffsets(latest).all().get().entrySet()) {
            open += end.getValue().offset() - stable.getOrDefault(end.getKey(), 0L);
        }
        return open;
    }

    /** The extractors' transactions that are neither committed nor aborted. */
    public List<TransactionListing> openTransactions() throws ExecutionException, InterruptedException {
        return admin.listTransactions().all().get().stream()
                .filter(listing -> listing.transactionalId().startsWith(names.prefix() + "-extractor-"))
                .filter(listing -> listing.state() != TransactionState.EMPTY
                        && listing.state() != TransactionState.COMPLETE_COMMIT
                        && listing.state() != TransactionState.COMPLETE_ABORT)
                .toList();
    }

    /** Where a group has come to in a table's rows; empty where it has committed nothing. */
    public Map<TopicPartition, Long> reached(String group, Table table)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> reached = new TreeMap<>(Topics::compare);
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> {
                    if (partition.topic().equals(rows(table)) && offset != null) {
                        reached.put(partition, offset.offset());
                    }
                });
        return reached;
    }

    /** How many partitions each member of a group has; none where there is no such group yet. */
    public List<Integer> shares(String group) throws ExecutionException, InterruptedException {
        boolean exists = admin.listGroups().all().get().stream()
                .anyMatch(listing -> listing.groupId().equals(group));
        return !exists
                ? List.of()
                : admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                        .flatMap(description -> description.members().stream())
                        .map(member -> member.assignment().topicPartitions().size())
                        .toList();
    }

    /** The members of a group, by ids that they lose with their place in it. */
    public Set<String> members(String group) throws ExecutionException, InterruptedException {
        return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                .flatMap(description -> description.members().stream())
                .map(member -> member.consumerId())
                .collect(Collectors.toSet());
    }

    private static int compare(TopicPartition one, TopicPartition other) {
        return Integer.compare(one.partition(), other.partition());
    }

    public List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    /** A reader of committed records, which the caller assigns and closes. */
    public KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Deletes the test's topics, so that the broker stays quick. */
    void delete() throws ExecutionException, InterruptedException {
        List<String> ours = admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(names.prefix() + "."))
                .toList();
        admin.deleteTopics(ours).all().get();
        admin.close();
    }
}
