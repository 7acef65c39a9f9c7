package io.syncline.common.kafka;

import io.syncline.common.config.ConfigurationException;
import io.syncline.common.config.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka clients with the settings on which Syncline's guarantees rest over those of the user. Thread-safe. */
public final class KafkaClients {

    private static final int BUFFER = 72 * 1024 * 1024;
    private static final int BATCH = 256 * 1024;

    /** Nobody asks for a client's metrics from outside, and making them costs each client time at its start and while it idles. */
    private static final Map<String, Object> QUIET = Map.of(
            CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG,
            "",
            CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG,
            false);

    /** What a user's setting may replace. */
    private static final Map<String, Object> WRITING = Map.of(
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.LINGER_MS_CONFIG,
            20,
            ProducerConfig.BATCH_SIZE_CONFIG,
            BATCH,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            BUFFER,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            TopicCreator.LARGEST_RECORD);

    /**
     * As long as brokers allow unless they are told otherwise (transaction.max.timeout.ms), for what takes longer could never
     * be committed. A producer that has died leaves nothing open for so long: its successor ends it at once.
     */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

    private final KafkaSettings settings;
    private final String service;

    /** @param service names the clients in the broker's logs and quotas */
    public KafkaClients(KafkaSettings settings, String service) {
        this.settings = settings;
        this.service = service;
    }

    /** Made first of all clients. @throws ConfigurationException where the user's settings make no client */
    public Admin admin() {
        try {
            // short enough that a service which waits for Kafka can say so, and can be stopped
            return Admin.create(with(
                    Map.of(
                            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
                            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 8_000),
                    Map.of(AdminClientConfig.CLIENT_ID_CONFIG, service + "-admin")));
        } catch (KafkaException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new ConfigurationException(List.of("KAFKA_BOOTSTRAP_SERVERS and the other KAFKA_ variables: '"
                    + settings.client().getOrDefault(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "")
                    + "' makes no client: " + reason.getMessage()
                    + "; write host:port of a broker, as localhost:9092"));
        }
    }

    /** A consumer that is assigned partitions by its owner and commits nothing. */
    public Consumer<byte[], byte[]> reader(String purpose) {
        return consumer(Map.of(), reading(purpose));
    }

    /** As {@link #reader}, but for events of transactions that are open or were aborted, too. */
    public Consumer<byte[], byte[]> uncommittedReader(String purpose) {
        Map<String, Object> own = reading(purpose);
        own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        return consumer(Map.of(), own);
    }

    /**
     * A member of a group. Where a partition begins is its owner's to say by a seek: without one, and where the offset is
     * gone, polling fails rather than skips. A user's settings go before {@code tuning}.
     */
    public Consumer<byte[], byte[]> member(String group, Map<String, ?> tuning) {
        Map<String, Object> own = reading("member");
        own.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        own.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return consumer(tuning, own);
    }

    private Consumer<byte[], byte[]> consumer(Map<String, ?> tuning, Map<String, ?> own) {
        return new KafkaConsumer<>(with(tuning, own), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> with(Map<String, ?> tuning, Map<String, ?> own) {
        Map<String, Object> all = new HashMap<>(QUIET);
        all.putAll(tuning);
        return settings.with(all, own);
    }

    private Map<String, Object> reading(String purpose) {
        Map<String, Object> own = new HashMap<>();
        own.put(ConsumerConfig.CLIENT_ID_CONFIG, service + "-" + purpose);
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return own;
    }

    /** A producer of transactions; opening it fences every other of the same id and ends what that left open. */
    public Producer<byte[], byte[]> transactional(String id) {
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(transactions(id), new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            return producer;
        } catch (RuntimeException e) {
            producer.close();
            throw e;
        }
    }

    Map<String, Object> transactions(String id) {
        Map<String, Object> tuning = new HashMap<>(WRITING);
        tuning.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(TRANSACTION_TIMEOUT.toMillis()));
        Map<String, Object> own = writing();
        own.put(ProducerConfig.CLIENT_ID_CONFIG, id);
        own.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        return with(tuning, own);
    }

    public Producer<byte[], byte[]> producer(String purpose) {
        Map<String, Object> own = writing();
        own.put(ProducerConfig.CLIENT_ID_CONFIG, service + "-" + purpose);
        return new KafkaProducer<>(with(WRITING, own), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> writing() {
        Map<String, Object> own = new HashMap<>();
        own.put(ProducerConfig.ACKS_CONFIG, "all");
        own.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return own;
    }
}
