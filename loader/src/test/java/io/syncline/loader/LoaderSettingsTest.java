package io.syncline.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.common.config.ConfigurationException;
import io.syncline.common.config.DatabaseSettings;
import io.syncline.common.config.Environment;
import io.syncline.common.config.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoaderSettingsTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theDefaultsAreThese() {
        LoaderSettings settings = read(Map.of());

        assertThat(settings.target()).isEqualTo(new DatabaseSettings("TARGET_DB", "db", 3306, "copy", "writer", ""));
        assertThat(settings.kafka().client()).containsOnlyKeys("bootstrap.servers");
        assertThat(settings.kafka().topics().prefix()).isEqualTo("syncline");
        assertThat(settings.tables()).isEmpty();
        assertThat(settings.group()).isEqualTo("syncline-loader");
        assertThat(settings.singlePass()).isFalse();
        assertThat(settings.stopsOnReject()).isFalse();
        assertThat(settings.httpPort()).isEqualTo(8090);
    }

    @Test
    void everyVariableIsRead() throws IOException {
        Files.writeString(folder.resolve("mine.json"), "[{\"table\": \"users\", \"primary_key\": \"id\"}]");

        LoaderSettings settings = read(Map.of(
                "TARGET_DB_PORT", "3307",
                "TARGET_DB_PASS", "secret",
                "TOPIC_PREFIX", "mine",
                "TABLES_FILE", "mine.json",
                "CONSUMER_GROUP", "night",
                "INTERVAL", "0",
                "ON_REJECT", "stop",
                "HTTP_PORT", "0"));

        assertThat(settings.target())
                .isEqualTo(new DatabaseSettings("TARGET_DB", "db", 3307, "copy", "writer", "secret"));
        assertThat(settings.kafka().topics().prefix()).isEqualTo("mine");
        assertThat(settings.tables()).extracting(TableSettings::table).containsExactly("users");
        assertThat(settings.group()).isEqualTo("night");
        assertThat(settings.singlePass()).isTrue();
        assertThat(settings.stopsOnReject()).isTrue();
        assertThat(settings.httpPort()).isZero();
    }

    @Test
    void tablesJsonIsReadWhereItLies() throws IOException {
        Files.writeString(folder.resolve("tables.json"), "[{\"table\": \"orders\", \"primary_key\": \"id\"}]");

        assertThat(read(Map.of()).tables()).extracting(TableSettings::table).containsExactly("orders");
    }

    @Test
    void rejectsMayBeSaidToBeSetAside() {
        assertThat(read(Map.of("ON_REJECT", "continue")).stopsOnReject()).isFalse();
    }

    @Test
    void allFaultsAreReportedTogether() {
        Environment environment = Environment.read(
                Map.of("TABLES_FILE", "none.json", "INTERVAL", "soon", "ON_REJECT", "halt", "HTTP_PORT", "70000"),
                folder);

        assertThatThrownBy(() -> LoaderSettings.read(environment, folder))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "TARGET_DB_HOST: is not set; write the server's host name or address",
                        "TARGET_DB_NAME: is not set; write the database's name",
                        "TARGET_DB_USER: is not set; write the name of a user of that server",
                        "KAFKA_BOOTSTRAP_SERVERS: is not set; write host:port of one or more brokers, as localhost:9092",
                        "none.json: there is no file "
                                + folder.resolve("none.json").toAbsolutePath()
                                + "; write it, or name another with TABLES_FILE",
                        "INTERVAL: 'soon' is not a number of seconds; write 60, or 0.5, or 0 for a single pass",
                        "ON_REJECT: 'halt' is not known; write continue or stop",
                        "HTTP_PORT: '70000' is not a port; write a whole number from 0 to 65535, as 8090"));
    }

    private LoaderSettings read(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "TARGET_DB_HOST", "db",
                "TARGET_DB_NAME", "copy",
                "TARGET_DB_USER", "writer",
                "KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"));
        variables.putAll(more);
        return LoaderSettings.read(Environment.read(variables, folder), folder);
    }
}
