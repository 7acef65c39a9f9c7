package io.syncline.systemtests.stack;

import io.syncline.quickstart.EmbeddedMariaDb;
import java.sql.Connection;
import java.sql.SQLException;

/** One side of MySQL, the other of MariaDB, which runs as a process of this machine, with Kafka from the shared stack. */
public record MixedStack(DatabaseServer source, DatabaseServer target, String bootstrapServers) implements Stack {

    /** Whether the shared stack has a MySQL server to mix with. */
    public static boolean hasMySql() throws SQLException {
        try (Connection connection = Stack.shared().target().connect()) {
            return !connection.getMetaData().getDatabaseProductVersion().contains("MariaDB");
        }
    }

    public static Stack fromMySql() {
        return new MixedStack(
                Stack.shared().source(), MariaDb.SERVER, Stack.shared().bootstrapServers());
    }

    /** Into the server that takes files. */
    public static Stack toMySql() {
        return new MixedStack(
                MariaDb.SERVER, Stack.shared().target(), Stack.shared().bootstrapServers());
    }

    /** Holds the only instance, in a zone that none of the others keeps. */
    private static final class MariaDb {
        private static final DatabaseServer SERVER = start();

        private static DatabaseServer start() {
            EmbeddedMariaDb server = EmbeddedMariaDb.start(
                    ForkFolder.empty("mixed"), "unused", "--default-time-zone=+05:30", "--local-infile=1");
            return new DatabaseServer(server.host(), server.port(), server.user(), server.password());
        }
    }
}
