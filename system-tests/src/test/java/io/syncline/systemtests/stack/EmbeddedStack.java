package io.syncline.systemtests.stack;

import io.syncline.quickstart.EmbeddedKafka;
import io.syncline.quickstart.EmbeddedMariaDb;

/** MariaDB and Kafka as processes of this machine, without Docker. They end with this JVM. */
record EmbeddedStack(DatabaseServer source, DatabaseServer target, String bootstrapServers) implements Stack {

    static EmbeddedStack start() {
        return new EmbeddedStack(
                server("source", "--default-time-zone=+02:00"),
                server("target", "--default-time-zone=-05:00", "--sql-mode="),
                EmbeddedKafka.start(ForkFolder.empty("kafka")).bootstrapServers());
    }

    private static DatabaseServer server(String name, String... arguments) {
        EmbeddedMariaDb server = EmbeddedMariaDb.start(ForkFolder.empty(name), "unused", arguments);
        return new DatabaseServer(server.host(), server.port(), server.user(), server.password());
    }
}
