package io.syncline.loader.target;

import io.syncline.common.mysql.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.kafka.common.TopicPartition;

/**
 * Tables that stand still for a row that the target refuses, as {@code ON_REJECT=stop} asks. The offset that a partition
 * cannot pass is noted in its row of {@code _syncline_partition}, where the loaders of the table's other partitions see it
 * at their next batch, and holds for as long as the partition has not passed it. Thread-safe.
 */
public final class TableHalts {

    private static final int LONGEST = 1000;

    private static final String NOTE = """
            UPDATE `_syncline_partition` SET refused_offset = ?, refusal = ?
             WHERE consumer_group = ? AND topic = ? AND partition_number = ? AND epoch = ?""";

    /** First of all the partition's own. */
    private static final String STANDING = """
            SELECT partition_number, refusal FROM `_syncline_partition`
             WHERE consumer_group = ? AND topic = ? AND refused_offset >= next_offset
             ORDER BY partition_number = ? DESC, partition_number LIMIT 1""";

    private final Database target;
    private final String group;
    private final boolean on;

    /** @param on whether tables are to stand still; if not, nothing is asked and nothing in the way */
    public TableHalts(Database target, String group, boolean on) {
        this.target = target;
        this.group = group;
        this.on = on;
    }

    /**
     * Lets a partition go on whose table does not stand still. The one that has the refused row may always try again, or two
     * of them would wait for each other.
     *
     * @throws UnfitTargetException with the refusal that another partition has noted
     */
    public void requireNone(TopicPartition partition) throws SQLException {
        if (!on) {
            return;
        }
        try (Connection connection = target.connect();
                PreparedStatement query = connection.prepareStatement(STANDING)) {
            query.setString(1, group);
            query.setString(2, partition.topic());
            query.setInt(3, partition.partition());
            try (ResultSet row = query.executeQuery()) {
                if (row.next() && row.getInt(1) != partition.partition()) {
                    throw new UnfitTargetException(row.getString(2));
                }
            }
        }
    }

    /**
     * Has the table's other partitions stand still, unless the partition has a later owner.
     *
     * @param offset that the partition cannot pass
     */
    public void note(TopicPartition partition, long epoch, long offset, RefusedRowException refused)
            throws SQLException {
        String refusal = String.valueOf(refused.getMessage());
        try (Connection connection = target.connect();
                PreparedStatement note = connection.prepareStatement(NOTE)) {
            note.setLong(1, offset);
            note.setString(2, refusal.substring(0, Math.min(LONGEST, refusal.length())));
            note.setString(3, group);
            note.setString(4, partition.topic());
            note.setInt(5, partition.partition());
            note.setLong(6, epoch);
            note.executeUpdate();
        }
    }
}
