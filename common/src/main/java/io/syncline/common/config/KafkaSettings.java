package io.syncline.common.config;

import io.syncline.common.event.Topics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How to reach Kafka, and how Syncline's topics there are made.
 *
 * @param client settings of the user's that every client gets
 * @param ignored variables that begin with KAFKA_ and name no setting of a client
 */
public record KafkaSettings(
        Map<String, String> client, Set<String> ignored, Topics topics, int topicPartitions, int watermarkPartitions) {

    private static final String PREFIX = "KAFKA_";
    private static final Set<String> OURS = Set.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG);

    public KafkaSettings {
        client = Map.copyOf(client);
        ignored = Set.copyOf(ignored);
    }

    public static KafkaSettings read(Environment environment) {
        environment.required("KAFKA_BOOTSTRAP_SERVERS", "write host:port of one or more brokers, as localhost:9092");
        Set<String> known = new HashSet<>(ConsumerConfig.configNames());
        known.addAll(ProducerConfig.configNames());
        known.addAll(AdminClientConfig.configNames());
        Map<String, String> client = new HashMap<>();
        Set<String> ignored = new TreeSet<>();
        for (String variable : environment.startingWith(PREFIX).keySet()) {
            String name = variable.endsWith("_FILE") ? variable.substring(0, variable.length() - 5) : variable;
            String setting =
                    name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
            if (!environment.has(name)) {
                ignored.add(variable);
            } else if (OURS.contains(setting)) {
                environment
                        .faults()
                        .add(variable, "Syncline's guarantees rest on " + setting + "; remove the variable");
            } else if (known.contains(setting)) {
                client.put(setting, environment.text(name, ""));
            } else {
                ignored.add(variable);
            }
        }
        return new KafkaSettings(
                client,
                ignored,
                new Topics(environment.matching(
                        "TOPIC_PREFIX",
                        "syncline",
                        prefix -> prefix.matches("[A-Za-z0-9._-]{1,100}"),
                        "is no beginning of a topic's name; write letters, digits, '.', '_' and '-', 100 at most")),
                environment.whole("TOPIC_PARTITIONS", 1, 1, 1000, "a number of partitions"),
                environment.whole("WATERMARK_PARTITIONS", 8, 1, 1000, "a number of partitions"));
    }

    /** A client's settings: our tuning, over it what the user says, over that what must be so. */
    public Map<String, Object> with(Map<String, ?> tuning, Map<String, ?> own) {
        Map<String, Object> all = new HashMap<>(tuning);
        all.putAll(client);
        all.putAll(own);
        return all;
    }
}
