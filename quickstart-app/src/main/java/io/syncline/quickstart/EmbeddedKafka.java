package io.syncline.quickstart;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/**
 * A real Kafka broker, KRaft controller included, as a process of its own on a free port of 127.0.0.1. Its topics are kept in its
 * folder and outlive {@link #kill} and {@link #restart}. Methods that start or stop it belong to one thread.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final KafkaStorage storage;
    private ChildProcess process;

    private EmbeddedKafka(KafkaStorage storage) {
        this.storage = storage;
        this.process = run();
    }

    /** Starts a broker without any topic and returns when it answers. Everything it writes, its {@code kafka.log} too, is in the folder. */
    public static EmbeddedKafka start(Path folder) {
        return behind(folder, new int[0]);
    }

    /**
     * As {@link #start}, for clients that come through proxies, too.
     *
     * @param proxies their ports; each proxy is to lead to {@link #proxied}
     */
    public static EmbeddedKafka behind(Path folder, int... proxies) {
        return new EmbeddedKafka(KafkaStorage.format(folder.toAbsolutePath(), proxies));
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + storage.port();
    }

    public int port() {
        return storage.port();
    }

    /** The port that a proxy has to lead to, in the order of the proxies. */
    public int proxied(int proxy) {
        return storage.proxied().get(proxy);
    }

    public long pid() {
        return process.pid();
    }

    /** SIGKILL: the broker has no time to write anything. */
    public void kill() {
        process.kill();
    }

    /** Starts the broker again, stopping it first if it runs, with the same port and records, and returns when it answers. */
    public void restart() {
        process.close();
        process = run();
    }

    @Override
    public void close() {
        process.close();
    }

    private ChildProcess run() {
        var started = ChildProcess.start(new Launch(
                "Kafka",
                List.of(
                        Launch.java(),
                        "-Xmx512m",
                        "-Dlogback.configurationFile=kafka-logback.xml",
                        "kafka.Kafka",
                        storage.settings().toString()),
                Map.of("CLASSPATH", classpath()),
                storage.folder(),
                storage.folder().resolve("kafka.log")));
        Waiting.until(started, PATIENCE, this::answers);
        return started;
    }

    // absolute, since the broker works in a folder of its own
    private static String classpath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private boolean answers() throws InterruptedException {
        if (!isListening()) {
            return false; // a client would log its own vain attempts
        }
        try (var admin = Admin.create(Map.of(
                "bootstrap.servers", bootstrapServers(),
                "request.timeout.ms", "2000",
                "default.api.timeout.ms", "3000"))) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException notYet) {
            return false;
        }
    }

    private boolean isListening() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
