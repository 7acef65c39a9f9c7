package io.syncline.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.common.event.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KafkaSettingsTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theDefaultsAreThese() {
        KafkaSettings settings = KafkaSettings.read(environment(Map.of()));

        assertThat(settings)
                .isEqualTo(new KafkaSettings(
                        Map.of("bootstrap.servers", "kafka:9092"), Set.of(), new Topics("syncline"), 1, 8));
    }

    @Test
    void topicsAreSetByTheirVariables() {
        KafkaSettings settings = KafkaSettings.read(environment(
                Map.of("TOPIC_PREFIX", "my.shop_1-x", "TOPIC_PARTITIONS", "12", "WATERMARK_PARTITIONS", "3")));

        assertThat(settings.topics()).isEqualTo(new Topics("my.shop_1-x"));
        assertThat(settings.topicPartitions()).isEqualTo(12);
        assertThat(settings.watermarkPartitions()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "KAFKA_SECURITY_PROTOCOL, security.protocol",
        "KAFKA_SASL_MECHANISM, sasl.mechanism",
        "KAFKA_SASL_JAAS_CONFIG, sasl.jaas.config",
        "KAFKA_SSL_TRUSTSTORE_LOCATION, ssl.truststore.location",
        "KAFKA_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM, ssl.endpoint.identification.algorithm",
        "KAFKA_REQUEST_TIMEOUT_MS, request.timeout.ms",
        "KAFKA_COMPRESSION_TYPE, compression.type",
        "KAFKA_FETCH_MIN_BYTES, fetch.min.bytes",
        "KAFKA_CLIENT_RACK, client.rack",
    })
    void aVariableBecomesTheSettingOfItsName(String variable, String setting) {
        KafkaSettings settings = KafkaSettings.read(environment(Map.of(variable, "some=value; x")));

        assertThat(settings.client()).containsEntry(setting, "some=value; x").hasSize(2);
        assertThat(settings.ignored()).isEmpty();
    }

    @Test
    void aSettingMayStandInAFile() throws IOException {
        Path secret = Files.writeString(folder.resolve("jaas"), "Login required password=\"p#w\";\n");

        KafkaSettings settings =
                KafkaSettings.read(environment(Map.of("KAFKA_SASL_JAAS_CONFIG_FILE", secret.toString())));

        assertThat(settings.client()).containsEntry("sasl.jaas.config", "Login required password=\"p#w\";");
    }

    @Test
    void variablesThatNameNoSettingAreKeptAsideAndEmptyOnesAreNone() {
        KafkaSettings settings = KafkaSettings.read(environment(
                Map.of("KAFKA_OPTS", "-Xmx1g", "KAFKA_HEAP_OPTS", "x", "KAFKA_LINGER_MS", "", "KAFKAESQUE", "x")));

        assertThat(settings.client()).hasSize(1);
        assertThat(settings.ignored()).containsExactlyInAnyOrder("KAFKA_OPTS", "KAFKA_HEAP_OPTS");
    }

    @ParameterizedTest
    @CsvSource({
        "KAFKA_GROUP_ID, group.id",
        "KAFKA_ENABLE_AUTO_COMMIT, enable.auto.commit",
        "KAFKA_ISOLATION_LEVEL, isolation.level",
        "KAFKA_AUTO_OFFSET_RESET, auto.offset.reset",
        "KAFKA_KEY_DESERIALIZER, key.deserializer",
        "KAFKA_VALUE_DESERIALIZER, value.deserializer",
        "KAFKA_KEY_SERIALIZER, key.serializer",
        "KAFKA_VALUE_SERIALIZER, value.serializer",
        "KAFKA_ACKS, acks",
        "KAFKA_ENABLE_IDEMPOTENCE, enable.idempotence",
        "KAFKA_TRANSACTIONAL_ID, transactional.id",
        "KAFKA_PARTITIONER_CLASS, partitioner.class",
    })
    void settingsOnWhichTheGuaranteesRestAreRefused(String variable, String setting) {
        Environment environment = environment(Map.of(variable, "x"));

        assertThat(KafkaSettings.read(environment).client()).doesNotContainKey(setting);
        assertFault(environment, variable + ": Syncline's guarantees rest on " + setting + "; remove the variable");
    }

    @Test
    void theServersAreRequired() {
        Environment environment = Environment.read(Map.of(), folder);

        KafkaSettings.read(environment);

        assertFault(
                environment,
                "KAFKA_BOOTSTRAP_SERVERS: is not set; write host:port of one or more brokers, as localhost:9092");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "ü"})
    void aPrefixThatKafkaWouldRefuseIsAFault(String prefix) {
        Environment environment = environment(Map.of("TOPIC_PREFIX", prefix));

        assertThat(KafkaSettings.read(environment).topics()).isEqualTo(new Topics("syncline"));
        assertFault(
                environment,
                "TOPIC_PREFIX: '" + prefix
                        + "' is no beginning of a topic's name; write letters, digits, '.', '_' and '-', 100 at most");
    }

    @Test
    void wrongNumbersOfPartitionsAreReportedTogether() {
        Environment environment = environment(Map.of("TOPIC_PARTITIONS", "0", "WATERMARK_PARTITIONS", "many"));

        KafkaSettings.read(environment);

        assertFault(
                environment,
                "TOPIC_PARTITIONS: '0' is not a number of partitions; write a whole number from 1 to 1000, as 1"
                        + System.lineSeparator()
                        + "WATERMARK_PARTITIONS: 'many' is not a number of partitions; write a whole number from 1 to"
                        + " 1000, as 8");
    }

    @Test
    void whatMustBeSoStandsOverTheUsersSettingsAndThoseOverOurTuning() {
        KafkaSettings settings =
                KafkaSettings.read(environment(Map.of("KAFKA_CLIENT_ID", "users", "KAFKA_LINGER_MS", "5")));

        assertThat(settings.with(Map.of("linger.ms", 20, "batch.size", 7), Map.of("client.id", "own")))
                .containsEntry("client.id", "own")
                .containsEntry("linger.ms", "5")
                .containsEntry("batch.size", 7)
                .containsEntry("bootstrap.servers", "kafka:9092");
    }

    private Environment environment(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"));
        variables.putAll(more);
        return Environment.read(variables, folder);
    }

    private static void assertFault(Environment environment, String message) {
        assertThatThrownBy(environment.faults()::throwIfAny)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }
}
