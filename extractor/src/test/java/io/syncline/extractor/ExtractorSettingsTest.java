package io.syncline.extractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.common.config.ConfigurationException;
import io.syncline.common.config.DatabaseSettings;
import io.syncline.common.config.Environment;
import io.syncline.common.config.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExtractorSettingsTest {

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void writeTables() throws IOException {
        Files.writeString(folder.resolve("tables.json"), "[{\"table\": \"users\", \"primary_key\": \"id\"}]");
        Files.writeString(folder.resolve("other.json"), "[{\"table\": \"orders\", \"primary_key\": \"id\"}]");
    }

    @Test
    void theDefaultsAreThese() {
        ExtractorSettings settings = read(Map.of());

        assertThat(settings.source()).isEqualTo(new DatabaseSettings("SOURCE_DB", "db", 3306, "shop", "reader", ""));
        assertThat(settings.fetchLimit()).isEqualTo(10_000);
        assertThat(settings.fetchLimitRaised()).isFalse();
        assertThat(settings.interval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.isSinglePass()).isFalse();
        assertThat(settings.httpPort()).isEqualTo(8089);
        assertThat(settings.group()).isEqualTo("syncline-extractor");
        assertThat(settings.kafka().client()).containsOnlyKeys("bootstrap.servers");
        assertThat(settings.tables()).extracting(TableSettings::table).containsExactly("users");
    }

    @Test
    void everyVariableIsRead() {
        ExtractorSettings settings = read(Map.of(
                "FETCH_LIMIT", "500",
                "INTERVAL", "0.5",
                "HTTP_PORT", "0",
                "TABLES_FILE", "other.json",
                "TOPIC_PREFIX", "mine"));

        assertThat(settings.fetchLimit()).isEqualTo(500);
        assertThat(settings.interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.httpPort()).isZero();
        assertThat(settings.tables()).extracting(TableSettings::table).containsExactly("orders");
        assertThat(settings.group()).isEqualTo("mine-extractor");
    }

    @Test
    void anIntervalOfZeroIsASinglePass() {
        assertThat(read(Map.of("INTERVAL", "0")).isSinglePass()).isTrue();
    }

    @Test
    void theOldPipelinesFetchLimitOfOneIsRaised() {
        ExtractorSettings settings = read(Map.of("FETCH_LIMIT", "1"));

        assertThat(settings.fetchLimit()).isEqualTo(10_000);
        assertThat(settings.fetchLimitRaised()).isTrue();
    }

    @Test
    void allFaultsAreReportedTogether() {
        Environment environment = Environment.read(
                Map.of("FETCH_LIMIT", "10k", "INTERVAL", "soon", "TABLES_FILE", "none.json", "HTTP_PORT", "-1"),
                folder);

        assertThatThrownBy(() -> ExtractorSettings.read(environment, folder))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "FETCH_LIMIT: '10k' is not a number of rows; write a whole number from 1 to 1000000, as 10000",
                        "SOURCE_DB_HOST: is not set; write the server's host name or address",
                        "SOURCE_DB_NAME: is not set; write the database's name",
                        "SOURCE_DB_USER: is not set; write the name of a user of that server",
                        "KAFKA_BOOTSTRAP_SERVERS: is not set; write host:port of one or more brokers, as localhost:9092",
                        "none.json: there is no file "
                                + folder.resolve("none.json").toAbsolutePath()
                                + "; write it, or name another with TABLES_FILE",
                        "INTERVAL: 'soon' is not a number of seconds; write 60, or 0.5, or 0 for a single pass",
                        "HTTP_PORT: '-1' is not a port; write a whole number from 0 to 65535, as 8089"));
    }

    private ExtractorSettings read(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "SOURCE_DB_HOST", "db",
                "SOURCE_DB_NAME", "shop",
                "SOURCE_DB_USER", "reader",
                "KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"));
        variables.putAll(more);
        return ExtractorSettings.read(Environment.read(variables, folder), folder);
    }
}
