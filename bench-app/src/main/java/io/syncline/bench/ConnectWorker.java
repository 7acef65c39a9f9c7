package io.syncline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.syncline.quickstart.ChildProcess;
import io.syncline.quickstart.FreePort;
import io.syncline.quickstart.Launch;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A standalone worker of Kafka Connect that runs the connectors of one peer. */
final class ConnectWorker implements AutoCloseable {

    private static final String NAME = "connect";
    private static final Path FOLDER = Path.of("bench-app", "target", "runs").toAbsolutePath();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What Kafka's own start script gives, and the zone that the connectors take DATETIMEs to be in. */
    private static final List<String> JVM = List.of(
            "-Xms256m",
            "-Xmx2g",
            "-server",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20",
            "-XX:InitiatingHeapOccupancyPercent=35",
            "-XX:+ExplicitGCInvokesConcurrent",
            "-Duser.timezone=UTC");

    private final Stand stand;
    private final String target;
    private final Path folder;
    private final int port = FreePort.any();
    private final ChildProcess process;

    /** Starts it, and the count of what it uses. The table must be at the target. */
    ConnectWorker(Stand stand, Peer peer, Path plugins, String from, String to, Meter meter) throws IOException {
        this.stand = stand;
        this.target = to;
        String run = "peer-" + System.currentTimeMillis();
        this.folder = Files.createDirectories(FOLDER.resolve(run));
        List<String> command = new ArrayList<>(List.of(Launch.java()));
        command.addAll(JVM);
        command.addAll(List.of(
                "-cp", PeerJars.folder(PeerJars.WORKER) + "/*", "org.apache.kafka.connect.cli.ConnectStandalone"));
        command.add(write("worker", worker(plugins)));
        for (Map.Entry<String, Map<String, String>> connector :
                peer.connectors(stand, from, to, run, folder).entrySet()) {
            command.add(write(connector.getKey(), connector.getValue()));
        }
        this.process = ChildProcess.start(new Launch(NAME, command, Map.of(), folder, folder.resolve(NAME + ".log")));
        meter.started(NAME, process.pid());
    }

    /** JSON with its schema in each record: without a schema a JDBC sink does not know its columns. */
    private Map<String, String> worker(Path plugins) {
        String json = "org.apache.kafka.connect.json.JsonConverter";
        return Map.of(
                "bootstrap.servers",
                stand.broker(),
                "key.converter",
                json,
                "value.converter",
                json,
                "offset.storage.file.filename",
                folder.resolve("offsets").toString(),
                "plugin.path",
                plugins.toString(),
                "plugin.discovery",
                "service_load",
                "listeners",
                "http://localhost:" + port);
    }

    private String write(String name, Map<String, String> settings) throws IOException {
        Path file = folder.resolve(name + ".properties");
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.setProperty("name", name);
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        return file.toString();
    }

    /** Measures the worker, which runs already. */
    Meter join(Meter meter) {
        return meter.running(NAME, process.pid());
    }

    /** Waits until so many rows are at the target. */
    void awaitRows(int rows) throws InterruptedException {
        Waiting.until(
                () -> {
                    requireHealthy();
                    return inserted() >= rows && visible() >= rows;
                },
                rows + " rows are in " + target,
                folder);
    }

    /** How many rows the server has been given since the table was made: unlike a COUNT that costs it nothing. */
    private long inserted() throws SQLException {
        return number("SELECT COALESCE(SUM(COUNT_INSERT), 0) FROM performance_schema.table_io_waits_summary_by_table"
                + " WHERE OBJECT_SCHEMA = '" + target + "' AND OBJECT_NAME = '" + Orders.TABLE + "'");
    }

    private long visible() throws SQLException {
        return number("SELECT COUNT(*) FROM " + Orders.TABLE);
    }

    private long number(String query) throws SQLException {
        return Long.parseLong(stand.target().value(target, query));
    }

    /** @throws IllegalStateException where a connector or a task has given up */
    private void requireHealthy() throws IOException {
        process.requireAlive();
        for (JsonNode connector : status()) {
            requireRunning(connector.path("status").path("connector"));
            connector.path("status").path("tasks").forEach(this::requireRunning);
        }
    }

    private void requireRunning(JsonNode part) {
        if (part.path("state").asText().equals("FAILED")) {
            throw new IllegalStateException(
                    part.path("trace").asText().lines().findFirst().orElse("failed") + "; see " + folder);
        }
    }

    /** Empty where nothing answers yet. */
    private JsonNode status() throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + port + "/connectors?expand=status"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200 ? JSON.readTree(response.body()) : JSON.createObjectNode();
        } catch (IOException notYet) {
            return JSON.createObjectNode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
