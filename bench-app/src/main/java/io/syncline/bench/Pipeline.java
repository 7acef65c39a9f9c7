package io.syncline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.syncline.quickstart.ChildProcess;
import io.syncline.quickstart.FreePort;
import io.syncline.quickstart.Launch;
import io.syncline.systemtests.stack.DatabaseServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Both services as they ship, on topics of their own, each with a heap of 256 MiB. */
final class Pipeline implements AutoCloseable {

    static final String EXTRACTOR = "extractor";
    static final String LOADER = "loader";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> JVM_OPTIONS =
            Map.of("JDK_JAVA_OPTIONS", "@" + Path.of("docker", "java.options").toAbsolutePath());
    private static final Path FOLDER = Path.of("bench-app", "target", "runs").toAbsolutePath();

    private final Stand stand;
    private final String sourceDatabase;
    private final String targetDatabase;
    private final Path folder;
    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, ChildProcess> services = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();

    private Instant startedAt = Instant.EPOCH;

    /** @param tables the entries of tables.json */
    Pipeline(Stand stand, String sourceDatabase, String targetDatabase, List<Map<String, Object>> tables)
            throws IOException {
        this.stand = stand;
        this.sourceDatabase = sourceDatabase;
        this.targetDatabase = targetDatabase;
        String run = "run-" + System.currentTimeMillis();
        this.folder = Files.createDirectories(FOLDER.resolve(run));
        Files.writeString(folder.resolve("tables.json"), JSON.writeValueAsString(tables));
        set("KAFKA_BOOTSTRAP_SERVERS", stand.broker());
        set("TOPIC_PREFIX", run);
        set("CONSUMER_GROUP", run + "-loader");
        set("INTERVAL", "1");
    }

    static Map<String, Object> orders(String table) {
        return Map.of("table", table, "primary_key", "id", "modifier", "changed_at");
    }

    Pipeline set(String variable, String value) {
        settings.put(variable, value);
        return this;
    }

    /** Starts both services, and the count of what they use. */
    void start(Meter meter) {
        startedAt = Instant.now();
        startOne(EXTRACTOR, meter);
        startOne(LOADER, meter);
    }

    /** Starts one of the two. */
    void startOne(String name, Meter meter) {
        if (name.equals(EXTRACTOR)) {
            startOne(name, "SOURCE_DB", stand.source().address(), sourceDatabase, meter);
        } else {
            startOne(name, "TARGET_DB", stand.target().address(), targetDatabase, meter);
        }
    }

    private void startOne(String name, String prefix, DatabaseServer server, String database, Meter meter) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put(prefix + "_HOST", server.host());
        environment.put(prefix + "_PORT", Integer.toString(server.port()));
        environment.put(prefix + "_NAME", database);
        environment.put(prefix + "_USER", server.user());
        environment.put(prefix + "_PASS", server.password());
        int port = FreePort.any();
        environment.put("HTTP_PORT", Integer.toString(port));
        environment.putAll(JVM_OPTIONS);
        // as in the images, but for the heap; further options are for experiments
        List<String> command =
                new ArrayList<>(List.of(Launch.java(), "-Xmx256m", archive(name).javaOption()));
        command.addAll(words(System.getProperty("bench." + name, "")));
        command.addAll(List.of("-jar", archive(name).jar().toString()));
        ChildProcess process =
                ChildProcess.start(new Launch(name, command, environment, folder, folder.resolve(name + ".log")));
        services.put(name, process);
        ports.put(name, port);
        meter.started(name, process.pid());
    }

    /** Makes the archives of classes that the images have, anew: they are of use to the jars alone that they were made with. */
    static void archiveClasses() throws IOException, InterruptedException {
        archive(EXTRACTOR).make(JVM_OPTIONS);
        archive(LOADER).make(JVM_OPTIONS);
    }

    private static ClassArchive archive(String service) {
        return new ClassArchive(Path.of(""), service, Path.of("bench-app", "target"));
    }

    private static List<String> words(String options) {
        return Arrays.stream(options.split(";")).filter(word -> !word.isEmpty()).toList();
    }

    /** Measures both services, which run already. */
    Meter join(Meter meter) {
        services.forEach((name, process) -> meter.running(name, process.pid()));
        return meter;
    }

    boolean isReady(String service) {
        return get(service, "/health/ready").startsWith("200");
    }

    /** Rows published by the extractor or applied by the loader, of all tables. */
    long rows(String service) throws IOException {
        return sum(service, "rows");
    }

    /** The sum over all tables of a number in {@code /status}. */
    private long sum(String service, String field) throws IOException {
        return StreamSupport.stream(status(service).path("tables").spliterator(), false)
                .mapToLong(table -> table.path(field).asLong())
                .sum();
    }

    JsonNode status(String service) throws IOException {
        String answer = get(service, "/status");
        return answer.startsWith("200") ? JSON.readTree(answer.substring(3)) : JSON.createObjectNode();
    }

    /** Status and text; empty where nothing answers. */
    private String get(String service, String path) {
        services.values().forEach(ChildProcess::requireAlive);
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + ports.get(service) + path))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            return response.statusCode() + response.body();
        } catch (IOException notYet) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the loader has applied so many rows since its start. */
    void awaitApplied(long rows) throws IOException, InterruptedException {
        Waiting.until(() -> rows(LOADER) >= rows, "the loader has applied " + rows + " rows", folder);
    }

    /**
     * Waits until the loader has applied all that was published: the first pass publishes again what the first copy read at the newest
     * modifier.
     *
     * @return how many rows that were
     */
    long awaitCaughtUp() throws IOException, InterruptedException {
        Waiting.until(
                () -> rows(LOADER) == rows(EXTRACTOR),
                "the loader has applied all that the extractor published",
                folder);
        return rows(LOADER);
    }

    /** Waits until every table has had a whole pass since the start. */
    void awaitIdle() throws InterruptedException {
        awaitPassSince(startedAt);
    }

    /** Waits until every table has ended a pass since then. */
    void awaitPassSince(Instant moment) throws InterruptedException {
        Waiting.until(
                () -> !lastPasses().isEmpty() && lastPasses().stream().allMatch(moment::isBefore),
                "every table has had a pass since " + moment,
                folder);
    }

    /** When the extractor ended each table's last pass. */
    List<Instant> lastPasses() throws IOException {
        return StreamSupport.stream(status(EXTRACTOR).path("tables").spliterator(), false)
                .map(table -> table.path("lastSuccess"))
                // of a table that has had none it is null
                .map(time -> time.isTextual() ? Instant.parse(time.asText()) : Instant.EPOCH)
                .toList();
    }

    @Override
    public void close() {
        services.values().forEach(ChildProcess::close);
        services.clear();
    }
}
