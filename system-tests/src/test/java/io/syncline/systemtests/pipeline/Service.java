package io.syncline.systemtests.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.syncline.quickstart.ChildProcess;
import io.syncline.quickstart.FreePort;
import io.syncline.quickstart.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/**
 * The extractor or the loader as it ships: its jar in a process of its own, with a small heap, in a time zone with daylight saving
 * that no server here keeps.
 */
public final class Service implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ALL = Integer.MAX_VALUE;

    private final String name;
    private final Path jar;
    private final Path archive;
    private final ChildProcess process;
    private final int port;
    private boolean mayEnd;

    private Service(String name, Path jar, Path archive, ChildProcess process, int port) {
        this.name = name;
        this.jar = jar;
        this.archive = archive;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it without waiting.
     *
     * @param name as {@code extractor-1}: what stands before the dash is the jar
     * @param environment the whole of it, except HTTP_PORT
     * @param arguments of its command line
     */
    static Service start(String name, Path folder, Map<String, String> environment, String... arguments) {
        String module = name.substring(0, name.indexOf('-'));
        Path jar = Path.of("..", module, "target", module + ".jar")
                .toAbsolutePath()
                .normalize();
        Path archive = ClassArchives.next();
        int port = FreePort.any();
        Map<String, String> variables = new HashMap<>(environment);
        variables.putIfAbsent("HTTP_PORT", Integer.toString(port));
        variables.putIfAbsent("JDK_JAVA_OPTIONS", "-Xmx256m");
        List<String> command = new ArrayList<>(List.of(
                Launch.java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Duser.timezone=America/New_York"));
        command.addAll(ClassArchives.options(jar, archive, variables.getOrDefault("JDK_JAVA_OPTIONS", "")));
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        Launch launch = new Launch(name, command, variables, folder, folder.resolve(name + ".log"));
        return new Service(name, jar, archive, ChildProcess.start(launch), port);
    }

    public Service awaitReady() {
        await(name + " ready")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .failFast(name + " has ended", () -> !process.isAlive())
                .until(() -> isReady());
        return this;
    }

    private boolean isReady() throws IOException, InterruptedException {
        try {
            return get("/health/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(url(path)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.timeout(Duration.ofSeconds(15)).build(), BodyHandlers.ofString());
    }

    public URI url(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    public JsonNode status() throws IOException, InterruptedException {
        return JSON.readTree(get("/status").body());
    }

    /** What {@code /status} says of one table; an empty object where it says nothing. */
    public JsonNode status(Table table) throws IOException, InterruptedException {
        Optional<JsonNode> found = StreamSupport.stream(status().path("tables").spliterator(), false)
                .filter(entry -> entry.path("table").asText().endsWith("." + table.name()))
                .findFirst();
        return found.orElseGet(JSON::createObjectNode);
    }

    /** It ends by itself, and that is no failure. */
    void mayEnd() {
        mayEnd = true;
    }

    /** The exit status of a process that ends by itself. */
    public int awaitExit(Duration patience) {
        mayEnd = true;
        int status = process.awaitExit(patience)
                .orElseThrow(() -> new AssertionError(name + " has not ended within " + patience));
        noteArchive();
        return status;
    }

    /** A service that is killed may leave half of one. */
    private void noteArchive() {
        if (process.awaitExit(Duration.ZERO).equals(OptionalInt.of(0))) {
            ClassArchives.ended(jar, archive);
        }
    }

    /** SIGTERM, after which a service ends in order. */
    public void terminate() {
        mayEnd = true;
        process.close();
        assertThat(awaitExit(Duration.ZERO))
                .as(name + "'s status after SIGTERM")
                .isZero();
    }

    /** SIGKILL. */
    public void kill() {
        mayEnd = true;
        process.kill();
    }

    /** What it runs. */
    public Path jar() {
        return jar;
    }

    public long pid() {
        return process.pid();
    }

    /** Whether it ended although nobody asked it to. */
    boolean hasDied() {
        return !mayEnd && !process.isAlive();
    }

    /** All that it wrote. */
    public String output() {
        return process.lastLines(ALL);
    }

    /** What is worth reading after a failure. */
    String report() {
        StringBuilder report = new StringBuilder("---- " + name + (process.isAlive() ? "" : " (ended)") + "\n");
        if (process.isAlive()) {
            try {
                report.append(get("/status").body()).append('\n').append(stacks());
            } catch (IOException e) {
                report.append("no status: ").append(e).append('\n');
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return report.append(process.lastLines(60)).append('\n').toString();
    }

    /** Where each of its threads is, for a service that stands still and says nothing. */
    private String stacks() throws IOException, InterruptedException {
        String jcmd = Path.of(Launch.java()).resolveSibling("jcmd").toString();
        Process dump = new ProcessBuilder(jcmd, Long.toString(pid()), "Thread.print")
                .redirectErrorStream(true)
                .start();
        String text = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        dump.waitFor();
        return text;
    }

    @Override
    public void close() {
        process.close();
        noteArchive();
    }

    /** Makes a folder for services to run in, without anything from a former run. */
    static Path folder(String test) {
        try {
            Path folder = Path.of("target", "services", test);
            org.apache.kafka.common.utils.Utils.delete(folder.toFile());
            return Files.createDirectories(folder).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
