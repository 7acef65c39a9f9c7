package io.syncline.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** The table that is copied: orders of about 200 bytes with a secondary index on their modifier. */
record Orders(MySqlServer server, String database, int rows) {

    static final String TABLE = "orders";
    private static final int CHUNK = 100_000;

    static final String CREATE = """
            CREATE TABLE orders (
              id BIGINT NOT NULL PRIMARY KEY,
              customer_id INT NOT NULL,
              status VARCHAR(12) NOT NULL,
              amount DECIMAL(12,2) NOT NULL,
              currency CHAR(3) NOT NULL,
              paid TINYINT NOT NULL,
              note VARCHAR(200) NULL,
              created_at DATETIME NOT NULL,
              changed_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
              KEY changed_at (changed_at))""";

    private static final String FILL = """
            INSERT INTO orders
            WITH RECURSIVE n (id) AS (SELECT ? UNION ALL SELECT id + 1 FROM n WHERE id < ?)
            SELECT id, id * 7919 % 50021, ELT(1 + id % 4, 'open', 'paid', 'shipped', 'returned'), id % 1000003 / 100, 'EUR',
                   id % 2, CONCAT('order ', SHA2(id, 256), ' ', LEFT(SHA2(id, 224), 32)), '2026-01-01' + INTERVAL id % 10000000 SECOND,
                   TIMESTAMP '2026-02-01 00:00:00' + INTERVAL id MICROSECOND
              FROM n""";

    /** Makes the table with its rows, whose modifiers are all in the past. */
    Orders create() throws SQLException {
        server.createEmpty(database);
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                PreparedStatement fill = connection.prepareStatement(FILL)) {
            statement.execute(CREATE);
            statement.execute("SET SESSION cte_max_recursion_depth = 4294967295");
            for (int from = 1; from <= rows; from += CHUNK) {
                fill.setInt(1, from);
                fill.setInt(2, Math.min(rows, from + CHUNK - 1));
                fill.executeUpdate();
            }
            statement.execute("ANALYZE TABLE orders");
        }
        return this;
    }

    /** A copy that is not equal counts for nothing. */
    static void requireEqual(Stand stand, String from, String to) throws SQLException {
        requireEqual(stand, from, to, TABLE);
    }

    /** @param table one like this */
    static void requireEqual(Stand stand, String from, String to, String table) throws SQLException {
        String source = checksum(stand.source(), from, table);
        String target = checksum(stand.target(), to, table);
        if (!source.equals(target)) {
            throw new IllegalStateException(to + "." + table + ": " + target + " instead of " + source);
        }
    }

    /** A sum that is the same for the same rows, whatever other columns the table has. */
    private static String checksum(MySqlServer server, String database, String table) throws SQLException {
        return server.value(
                database,
                "SELECT CONCAT(COUNT(*), ' rows, ', COALESCE(SUM(CRC32(CONCAT_WS('|', id, customer_id, status, amount,"
                        + " currency, paid, note, created_at, changed_at))), 0)) FROM " + table);
    }
}
