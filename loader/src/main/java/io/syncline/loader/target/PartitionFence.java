package io.syncline.loader.target;

import io.syncline.common.mysql.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The fence in the target, {@code _syncline_partition}: each assignment raises a partition's epoch, and a batch's
 * transaction moves the partition's offset only under the epoch it began with. The row's lock makes the two wait for each
 * other, so a former owner's batch is either committed before the new owner begins or never. Thread-safe.
 */
public final class PartitionFence {

    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS `_syncline_partition` (
              consumer_group varchar(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
              topic varchar(249) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
              partition_number int NOT NULL,
              epoch bigint NOT NULL,
              next_offset bigint NOT NULL,
              PRIMARY KEY (consumer_group, topic, partition_number)
            ) ENGINE=InnoDB COMMENT='Syncline: who may write a partition, and how far it is applied'""";

    private static final String RAISE = """
            INSERT INTO `_syncline_partition` (consumer_group, topic, partition_number, epoch, next_offset)
            VALUES (?, ?, ?, 1, ?)
            ON DUPLICATE KEY UPDATE epoch = epoch + 1, next_offset = VALUES(next_offset)""";

    private static final String EPOCH = """
            SELECT epoch FROM `_syncline_partition` WHERE consumer_group = ? AND topic = ? AND partition_number = ?""";

    private static final String ADVANCE = """
            UPDATE `_syncline_partition` SET next_offset = GREATEST(next_offset, ?)
             WHERE consumer_group = ? AND topic = ? AND partition_number = ? AND epoch = ?""";

    private static final String OFFSETS = """
            SELECT partition_number, next_offset FROM `_syncline_partition` WHERE consumer_group = ? AND topic = ?""";

    private final String group;

    public PartitionFence(String group) {
        this.group = group;
    }

    /** Makes the table where it is missing. */
    public static void create(Database target) throws SQLException {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(CREATE);
        }
    }

    /** Takes the partition over; waits for a batch of the former owner's that is being committed. The new epoch. */
    public long raise(Database target, TopicPartition partition, long nextOffset) throws SQLException {
        try (Connection connection = target.connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement raise = connection.prepareStatement(RAISE);
                    PreparedStatement read = connection.prepareStatement(EPOCH)) {
                setPartition(raise, 1, partition);
                raise.setLong(4, nextOffset);
                raise.executeUpdate();
                setPartition(read, 1, partition);
                try (ResultSet row = read.executeQuery()) {
                    row.next();
                    long epoch = row.getLong(1);
                    connection.commit();
                    return epoch;
                }
            }
        }
    }

    /**
     * Moves the offset within a batch's transaction.
     *
     * @throws FencedException where the epoch is no longer this one
     */
    public void advance(Connection connection, TopicPartition partition, long epoch, long nextOffset)
            throws SQLException {
        try (PreparedStatement advance = connection.prepareStatement(ADVANCE)) {
            advance.setLong(1, nextOffset);
            setPartition(advance, 2, partition);
            advance.setLong(5, epoch);
            if (advance.executeUpdate() == 0) {
                throw new FencedException(partition + " has been taken over by another loader");
            }
        }
    }

    /** For each partition of a topic the first offset that is not applied. */
    public Map<Integer, Long> offsets(Connection connection, String topic) throws SQLException {
        Map<Integer, Long> offsets = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(OFFSETS)) {
            query.setString(1, group);
            query.setString(2, topic);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    offsets.put(row.getInt(1), row.getLong(2));
                }
            }
        }
        return offsets;
    }

    private void setPartition(PreparedStatement statement, int first, TopicPartition partition) throws SQLException {
        statement.setString(first, group);
        statement.setString(first + 1, partition.topic());
        statement.setInt(first + 2, partition.partition());
    }
}
