package io.syncline.systemtests.stack;

import io.syncline.quickstart.EmbeddedKafka;
import io.syncline.quickstart.EmbeddedMariaDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Utils;

/** MariaDB and Kafka as processes of this machine, without Docker. They end with this JVM. */
record EmbeddedStack(DatabaseServer source, DatabaseServer target, String bootstrapServers) implements Stack {

    private static final Path FOLDER = Path.of("target", "stack");

    static EmbeddedStack start() {
        return new EmbeddedStack(
                server("source", "--default-time-zone=+02:00"),
                server("target", "--default-time-zone=-05:00", "--sql-mode="),
                EmbeddedKafka.start(empty("kafka")).bootstrapServers());
    }

    private static DatabaseServer server(String name, String... arguments) {
        EmbeddedMariaDb server = EmbeddedMariaDb.start(empty(name), "unused", arguments);
        return new DatabaseServer(server.host(), server.port(), server.user(), server.password());
    }

    static Path empty(String name) {
        Path folder = FOLDER.resolve(name);
        try {
            Utils.delete(folder.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }
}
