package io.syncline.quickstart;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that runs. Nothing here closes it: each part is a {@link ChildProcess}, which the end of this JVM stops in the reverse
 * order of the starts, so the services before Kafka and the databases.
 */
record Pipeline(
        EmbeddedMariaDb source,
        EmbeddedMariaDb target,
        EmbeddedKafka kafka,
        ServiceProcess extractor,
        ServiceProcess loader) {
    static final int EXTRACTOR_PORT = 8089;
    static final int LOADER_PORT = 8090;
    private static final String DATABASE = "shop";

    /** Starts all parts, saying each step, and returns when both services are ready. */
    static Pipeline start(Terminal terminal, Path project, RunFolder folder) throws Exception {
        var path = folder.path();
        terminal.step("MariaDB's programs unpacked", () -> MariaDbBinaries.unpackedIn(folder.programs()));
        var source = terminal.step("source database", () -> EmbeddedMariaDb.start(path.resolve("source"), DATABASE));
        terminal.step("sample shop", () -> {
            try (var connection = source.connect()) {
                Shop.createIn(connection);
            }
            return true;
        });
        var target = terminal.step("target database", () -> EmbeddedMariaDb.start(path.resolve("target"), DATABASE));
        var kafka = terminal.step("Kafka", () -> EmbeddedKafka.start(path.resolve("kafka")));
        var tables = project.resolve("tables.json");
        var extractor = terminal.step(
                "extractor",
                () -> service("extractor", project, path, EXTRACTOR_PORT, kafka, tables, of("SOURCE", source)));
        var loader = terminal.step(
                "loader", () -> service("loader", project, path, LOADER_PORT, kafka, tables, of("TARGET", target)));
        return new Pipeline(source, target, kafka, extractor, loader);
    }

    /** Throws {@link ProcessFailure} if a part has ended by itself. */
    void requireAlive() {
        List.of(extractor, loader).forEach(service -> service.process().requireAlive());
    }

    private static ServiceProcess service(
            String name,
            Path project,
            Path folder,
            int port,
            EmbeddedKafka kafka,
            Path tables,
            Map<String, String> database) {
        var environment = new HashMap<>(database);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        environment.put("TABLES_FILE", tables.toString());
        environment.put("INTERVAL", "1");
        var jar = project.resolve(name).resolve("target").resolve(name + ".jar");
        return ServiceProcess.start(name, jar, folder.resolve(name), FreePort.preferring(port), environment)
                .awaitReady();
    }

    private static Map<String, String> of(String side, EmbeddedMariaDb database) {
        return Map.of(
                side + "_DB_HOST", database.host(),
                side + "_DB_PORT", Integer.toString(database.port()),
                side + "_DB_NAME", database.database(),
                side + "_DB_USER", database.user(),
                side + "_DB_PASS", database.password());
    }
}
