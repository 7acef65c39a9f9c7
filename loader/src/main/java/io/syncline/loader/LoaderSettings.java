package io.syncline.loader;

import io.syncline.common.config.DatabaseSettings;
import io.syncline.common.config.Environment;
import io.syncline.common.config.KafkaSettings;
import io.syncline.common.config.TableSettings;
import io.syncline.common.config.TablesFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The loader's configuration.
 *
 * @param tables those of {@code tables.json}; empty where there is no such file: all tables
 * @param singlePass whether to end when all that was published is applied
 * @param stopsOnReject whether a row that the target refuses halts its table instead of being set aside
 */
public record LoaderSettings(
        DatabaseSettings target,
        KafkaSettings kafka,
        List<TableSettings> tables,
        String group,
        boolean singlePass,
        boolean stopsOnReject,
        int httpPort) {

    public LoaderSettings {
        tables = List.copyOf(tables);
    }

    /** Reads everything. @throws io.syncline.common.config.ConfigurationException with all that is wrong */
    public static LoaderSettings read(Environment environment, Path folder) {
        Path file = folder.resolve(environment.text("TABLES_FILE", "tables.json"));
        boolean narrows = environment.has("TABLES_FILE") || Files.exists(file);
        LoaderSettings settings = new LoaderSettings(
                DatabaseSettings.read(environment, "TARGET_DB"),
                KafkaSettings.read(environment),
                narrows ? TablesFile.read(file, environment.faults()) : List.of(),
                environment.text("CONSUMER_GROUP", "syncline-loader"),
                environment.seconds("INTERVAL", Duration.ofSeconds(60)).isZero(),
                environment
                        .matching(
                                "ON_REJECT",
                                "continue",
                                value -> value.equals("continue") || value.equals("stop"),
                                "is not known; write continue or stop")
                        .equals("stop"),
                environment.whole("HTTP_PORT", 8090, 0, 65_535, "a port"));
        environment.faults().throwIfAny();
        return settings;
    }
}
