package io.syncline.extractor;

import io.syncline.common.config.DatabaseSettings;
import io.syncline.common.config.Environment;
import io.syncline.common.config.KafkaSettings;
import io.syncline.common.config.TableSettings;
import io.syncline.common.config.TablesFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The extractor's configuration.
 *
 * @param interval between passes; zero for a single one
 * @param fetchLimitRaised whether the old pipeline's meaningless default was set and replaced
 */
public record ExtractorSettings(
        DatabaseSettings source,
        KafkaSettings kafka,
        List<TableSettings> tables,
        int fetchLimit,
        boolean fetchLimitRaised,
        Duration interval,
        int httpPort) {

    private static final int FETCH_LIMIT = 10_000;
    private static final Duration INTERVAL = Duration.ofSeconds(60);

    public ExtractorSettings {
        tables = List.copyOf(tables);
    }

    /** Reads everything. @throws io.syncline.common.config.ConfigurationException with all that is wrong */
    public static ExtractorSettings read(Environment environment, Path folder) {
        int fetchLimit = environment.whole("FETCH_LIMIT", FETCH_LIMIT, 1, 1_000_000, "a number of rows");
        ExtractorSettings settings = new ExtractorSettings(
                DatabaseSettings.read(environment, "SOURCE_DB"),
                KafkaSettings.read(environment),
                TablesFile.read(folder.resolve(environment.text("TABLES_FILE", "tables.json")), environment.faults()),
                fetchLimit == 1 ? FETCH_LIMIT : fetchLimit,
                fetchLimit == 1,
                environment.seconds("INTERVAL", INTERVAL),
                environment.whole("HTTP_PORT", 8089, 0, 65_535, "a port"));
        environment.faults().throwIfAny();
        return settings;
    }

    public boolean isSinglePass() {
        return interval.isZero();
    }

    public String group() {
        return kafka.topics().prefix() + "-extractor";
    }
}
