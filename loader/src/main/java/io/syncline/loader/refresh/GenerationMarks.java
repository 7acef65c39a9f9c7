package io.syncline.loader.refresh;

import io.syncline.common.event.RefreshMarker;
import io.syncline.common.mysql.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which partitions have begun and ended which generations, in the target's {@code _syncline_refresh}, where every loader
 * sees it. Stateless.
 */
public final class GenerationMarks {

    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS `_syncline_refresh` (
              consumer_group varchar(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
              topic varchar(249) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
              generation bigint NOT NULL,
              partition_number int NOT NULL,
              expected_rows bigint NULL,
              rejected_rows bigint NOT NULL,
              PRIMARY KEY (consumer_group, topic, generation, partition_number)
            ) ENGINE=InnoDB COMMENT='Syncline: full refreshes under way'""";

    private static final String THIS = " WHERE consumer_group = ? AND topic = ?";

    private final String group;

    public GenerationMarks(String group) {
        this.group = group;
    }

    /** A generation that every partition has ended. */
    record Whole(long expected, long rejected) {}

    /** Makes the table where it is missing. */
    public static void create(Database target) throws SQLException {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(CREATE);
        }
    }

    /** Notes a partition's begin, and forgets the older generations that the partition has begun but will never end. */
    void begin(Connection connection, String topic, RefreshMarker marker) throws SQLException {
        try (PreparedStatement insert = prepare(connection, """
                INSERT INTO `_syncline_refresh`
                  (consumer_group, topic, generation, partition_number, expected_rows, rejected_rows)
                VALUES (?, ?, ?, ?, NULL, 0)
                ON DUPLICATE KEY UPDATE expected_rows = NULL, rejected_rows = 0""", topic)) {
            insert.setLong(3, marker.generation());
            insert.setInt(4, marker.partition());
            insert.executeUpdate();
        }
        List<Long> dead = new ArrayList<>();
        try (PreparedStatement query = prepare(
                connection,
                "SELECT generation FROM `_syncline_refresh`" + THIS
                        + " AND partition_number = ? AND generation < ? AND expected_rows IS NULL",
                topic)) {
            query.setInt(3, marker.partition());
            query.setLong(4, marker.generation());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    dead.add(row.getLong(1));
                }
            }
        }
        for (long generation : dead) {
            forget(connection, topic, "generation = ?", generation);
        }
    }

    void rejected(Connection connection, String topic, long generation, int partition, int count) throws SQLException {
        try (PreparedStatement update = prepare(
                connection,
                "UPDATE `_syncline_refresh` SET rejected_rows = rejected_rows + " + count + THIS
                        + " AND generation = ? AND partition_number = ?",
                topic)) {
            update.setLong(3, generation);
            update.setInt(4, partition);
            update.executeUpdate();
        }
    }

    void end(Connection connection, String topic, RefreshMarker marker) throws SQLException {
        try (PreparedStatement update = prepare(
                connection,
                "UPDATE `_syncline_refresh` SET expected_rows = " + marker.rows() + THIS
                        + " AND generation = ? AND partition_number = ?",
                topic)) {
            update.setLong(3, marker.generation());
            update.setInt(4, marker.partition());
            update.executeUpdate();
        }
    }

    Optional<Whole> whole(Connection connection, String topic, RefreshMarker marker) throws SQLException {
        try (PreparedStatement query = prepare(
                connection,
                "SELECT COUNT(expected_rows), SUM(expected_rows), SUM(rejected_rows) FROM `_syncline_refresh`" + THIS
                        + " AND generation = ?",
                topic)) {
            query.setLong(3, marker.generation());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1) == marker.partitions()
                        ? Optional.of(new Whole(row.getLong(2), row.getLong(3)))
                        : Optional.empty();
            }
        }
    }

    /** Forgets a generation and all before it. The older ones, whose staging tables are of no more use. */
    List<Long> over(Connection connection, String topic, long generation) throws SQLException {
        List<Long> older = new ArrayList<>();
        try (PreparedStatement query = prepare(
                connection,
                "SELECT DISTINCT generation FROM `_syncline_refresh`" + THIS + " AND generation < ?",
                topic)) {
            query.setLong(3, generation);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    older.add(row.getLong(1));
                }
            }
        }
        forget(connection, topic, "generation <= ?", generation);
        return older;
    }

    /** Whether any loader, of whatever group, has begun this generation and not yet ended it. */
    boolean isUnderWay(Connection connection, String topic, long generation) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT 1 FROM `_syncline_refresh` WHERE topic = ? AND generation = ? LIMIT 1")) {
            query.setString(1, topic);
            query.setLong(2, generation);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private void forget(Connection connection, String topic, String which, long generation) throws SQLException {
        try (PreparedStatement delete =
                prepare(connection, "DELETE FROM `_syncline_refresh`" + THIS + " AND " + which, topic)) {
            delete.setLong(3, generation);
            delete.executeUpdate();
        }
    }

    private PreparedStatement prepare(Connection connection, String sql, String topic) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, group);
        statement.setString(2, topic);
        return statement;
    }
}
