package io.syncline.extractor.source;

import io.syncline.common.mysql.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells whether a table's columns have changed, or which of them are in keys, by one query for all tables together that is asked
 * at most once a second, and more rarely where the catalogue is so large that it takes long. Thread-safe.
 */
public final class StructureWatch {

    private static final long FRESH_NANOS = 1_000_000_000;
    private static final int SHARE = 20;

    private static final String SIGNATURES = """
            /* syncline */ SELECT TABLE_NAME,
                   SUM(CRC32(CONCAT_WS('|', COLUMN_NAME, ORDINAL_POSITION, COLUMN_TYPE, IS_NULLABLE,
                             COALESCE(COLUMN_DEFAULT, 'none'), COLLATION_NAME, EXTRA, COLUMN_KEY, COLUMN_COMMENT,
                             GENERATION_EXPRESSION)))
              FROM information_schema.COLUMNS
             WHERE TABLE_SCHEMA = ?
             GROUP BY TABLE_NAME""";

    private final Database source;
    private Map<String, String> signatures = new HashMap<>();
    private long freshUntil = System.nanoTime();

    public StructureWatch(Database source) {
        this.source = source;
    }

    /** Changes whenever a column of the table does; empty where there is no such table. */
    public synchronized Optional<String> signature(String table) throws SQLException {
        long now = System.nanoTime();
        if (now - freshUntil >= 0) {
            signatures = read();
            long took = System.nanoTime() - now;
            freshUntil = System.nanoTime() + Math.max(FRESH_NANOS, took * SHARE);
        }
        return Optional.ofNullable(signatures.get(table));
    }

    /** Makes the next question be asked of the server. */
    public synchronized void forget() {
        freshUntil = System.nanoTime();
    }

    private Map<String, String> read() throws SQLException {
        Map<String, String> found = new HashMap<>();
        try (Connection connection = source.connect();
                PreparedStatement query = connection.prepareStatement(SIGNATURES)) {
            query.setString(1, source.settings().name());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.put(row.getString(1), row.getString(2));
                }
            }
        }
        return found;
    }
}
