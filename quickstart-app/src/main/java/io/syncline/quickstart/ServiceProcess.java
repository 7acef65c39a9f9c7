package io.syncline.quickstart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The extractor or the loader as it ships: its jar, run by this JVM's Java, configured by its environment. Thread-safe. */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final ChildProcess process;
    private final int httpPort;

    private ServiceProcess(ChildProcess process, int httpPort) {
        this.process = process;
        this.httpPort = httpPort;
    }

    /**
     * Starts the service without waiting for it.
     *
     * @param name {@code extractor} or {@code loader}; its output is appended to {@code <name>.log} in the folder
     * @param folder its working directory, made if it isn't there; a file {@code .env} in it would count
     * @param environment its whole configuration except {@code HTTP_PORT}
     */
    public static ServiceProcess start(
            String name, Path jar, Path folder, int httpPort, Map<String, String> environment) {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(jar + " is missing; `mvn package` makes it");
        }
        var variables = new HashMap<>(environment);
        variables.put("HTTP_PORT", Integer.toString(httpPort));
        var command =
                List.of(Launch.java(), "-Xmx512m", "-jar", jar.toAbsolutePath().toString());
        return new ServiceProcess(
                ChildProcess.start(new Launch(name, command, variables, folder, folder.resolve(name + ".log"))),
                httpPort);
    }

    /** Returns when {@code /health/ready} answers 200; throws {@link ProcessFailure} if the service ends before, or takes too long. */
    public ServiceProcess awaitReady() {
        Waiting.until(process, PATIENCE, this::isReady);
        return this;
    }

    /** The process itself, to kill it or to wait for its end. */
    public ChildProcess process() {
        return process;
    }

    public URI url(String path) {
        return URI.create("http://localhost:" + httpPort + path);
    }

    @Override
    public void close() {
        process.close();
    }

    private boolean isReady() throws InterruptedException {
        var request = HttpRequest.newBuilder(url("/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
