package io.syncline.loader.target;

import io.syncline.common.mysql.Pause;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether triggers or foreign keys hang on a table: they would not follow when it is swapped, and would act when a row is
 * replaced. Thread-safe.
 */
final class Attachments {

    private static final String COUNT = """
            SELECT (SELECT COUNT(*) FROM information_schema.TRIGGERS
                     WHERE EVENT_OBJECT_SCHEMA = ? AND EVENT_OBJECT_TABLE = ?)
                 + (SELECT COUNT(*) FROM information_schema.REFERENTIAL_CONSTRAINTS
                     WHERE CONSTRAINT_SCHEMA = ? AND TABLE_NAME = ?
                        OR UNIQUE_CONSTRAINT_SCHEMA = ? AND REFERENCED_TABLE_NAME = ?)""";

    /** An ALTER renames its files within a fraction of that. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final String database;
    /** Tables that had none when they were last looked at. */
    private final Set<String> bare = ConcurrentHashMap.newKeySet();

    Attachments(String database) {
        this.database = database;
    }

    boolean hangOn(Connection connection, String table) throws SQLException {
        boolean found = count(connection, table) > 0;
        if (!found && !bare.contains(table) && isMariaDb(connection)) {
            // the catalogue, made up from a listing of files, lacks a table that an ALTER is renaming, and its keys to
            // this one
            Pause.of(PAUSE);
            found = count(connection, table) > 0;
        }
        if (found) {
            bare.remove(table);
        } else {
            bare.add(table);
        }
        return found;
    }

    void forget(String table) {
        bare.remove(table);
    }

    private static boolean isMariaDb(Connection connection) throws SQLException {
        return Dialect.isMariaDb(connection.getMetaData().getDatabaseProductVersion());
    }

    private long count(Connection connection, String table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COUNT)) {
            for (int i = 1; i <= 6; i += 2) {
                query.setString(i, database);
                query.setString(i + 1, table);
            }
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
