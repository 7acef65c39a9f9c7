package io.syncline.loader.target;

import io.syncline.common.mysql.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

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
              group_generation bigint NOT NULL,
              next_offset bigint NOT NULL,
              topic_id varchar(22) CHARACTER SET ascii COLLATE ascii_bin NULL,
              refused_offset bigint NULL,
              refusal varchar(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
              PRIMARY KEY (consumer_group, topic, partition_number)
            ) ENGINE=InnoDB COMMENT='Syncline: who may write a partition, and how far it is applied'""";

    private static final List<String> ADDITIONS = List.of("""
            ALTER TABLE `_syncline_partition`
              ADD COLUMN topic_id varchar(22) CHARACTER SET ascii COLLATE ascii_bin NULL""", """
            ALTER TABLE `_syncline_partition`
              ADD COLUMN refused_offset bigint NULL,
              ADD COLUMN refusal varchar(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL""");

    /** Made before it is looked for: to lock a row that is missing would lock the others' way to make theirs. */
    private static final String ENTER = """
            INSERT INTO `_syncline_partition`
              (consumer_group, topic, partition_number, epoch, group_generation, next_offset)
            VALUES (?, ?, ?, 0, -1, 0)
            ON DUPLICATE KEY UPDATE epoch = epoch""";

    private static final String RAISE = """
            UPDATE `_syncline_partition` SET epoch = epoch + 1, group_generation = ?, next_offset = ?, topic_id = ?,
              refused_offset = IF(?, refused_offset, NULL)
             WHERE consumer_group = ? AND topic = ? AND partition_number = ?""";

    private static final String CURRENT = """
            SELECT epoch, group_generation, next_offset, topic_id FROM `_syncline_partition`
             WHERE consumer_group = ? AND topic = ? AND partition_number = ? FOR UPDATE""";

    private static final String REACHED = """
            SELECT epoch, next_offset, topic_id FROM `_syncline_partition`
             WHERE consumer_group = ? AND topic = ? AND partition_number = ? FOR UPDATE""";

    private static final String ADVANCE = """
            UPDATE `_syncline_partition` SET next_offset = GREATEST(next_offset, ?)
             WHERE consumer_group = ? AND topic = ? AND partition_number = ? AND epoch = ?""";

    /** In place of a topic's id: what was applied is gone. */
    private static final String LOST = "table lost";

    private static final String LOSE = """
            UPDATE `_syncline_partition` SET epoch = epoch + 1, next_offset = 0, topic_id = '""" + LOST + """
            ' WHERE consumer_group = ? AND topic = ? AND next_offset > 0""";

    private static final String ALL_LOST = """
            SELECT topic, partition_number, epoch FROM `_syncline_partition`
             WHERE consumer_group = ? AND topic_id = '""" + LOST + "'";

    private static final String OFFSETS = """
            SELECT partition_number, next_offset FROM `_syncline_partition`
             WHERE consumer_group = ? AND topic = ? AND (? IS NULL OR topic_id = ?)""";

    private static final int COLUMN_EXISTS = 1060;

    private final String group;

    public PartitionFence(String group) {
        this.group = group;
    }

    /** Makes the table where it is missing, and adds what one of an earlier version lacks. */
    public static void create(Database target) throws SQLException {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(CREATE);
            for (String addition : ADDITIONS) {
                add(statement, addition);
            }
        }
    }

    private static void add(Statement statement, String addition) throws SQLException {
        try {
            statement.execute(addition);
        } catch (SQLException e) {
            if (e.getErrorCode() != COLUMN_EXISTS) {
                throw e;
            }
        }
    }

    /**
     * Takes the partition over; waits for a batch of the former owner's that is being committed.
     *
     * @throws LostTableException where the claim goes on from what this target has lost, or has never had
     * @throws FencedException where a member of a later generation has taken the partition over, someone is applying events
     *     again that this loader takes as applied, or this one would apply events again, unless the claim is confirmed
     *     against just that one
     */
    public Tenure raise(Database target, Claim claim) throws SQLException {
        try (Connection connection = target.connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement enter = connection.prepareStatement(ENTER);
                    PreparedStatement raise = connection.prepareStatement(RAISE)) {
                setPartition(enter, 1, claim.partition());
                enter.executeUpdate();
                Owner current = current(connection, claim.partition());
                if (claim.resumes() && current.hasLost(claim)) {
                    throw new LostTableException(claim.partition().topic());
                }
                requireFree(current, claim);
                long start = current.resumes(claim)
                        ? Math.max(current.nextOffset(), claim.nextOffset())
                        : claim.nextOffset();
                raise.setInt(1, claim.generation());
                raise.setLong(2, start);
                raise.setString(3, claim.topicId());
                raise.setBoolean(4, current.resumes(claim));
                setPartition(raise, 5, claim.partition());
                raise.executeUpdate();
                long epoch = current(connection, claim.partition()).epoch();
                connection.commit();
                return new Tenure(epoch, start);
            } finally {
                connection.rollback();
            }
        }
    }

    private static void requireFree(Owner current, Claim claim) {
        Optional<String> objection = current.objection(claim);
        boolean isConfirmed = claim.rival().isPresent() && claim.rival().getAsLong() == current.epoch();
        if (objection.isPresent() && !isConfirmed) {
            throw new FencedException(claim.partition() + objection.get(), current.epoch());
        }
    }

    /** How far a partition is applied, of which topic, and under which epoch. */
    public record Reached(long epoch, long nextOffset, String topicId) {}

    /** Locks the partition until the transaction ends, so that no batch of it is committed meanwhile; empty for one that is unknown. */
    public Optional<Reached> reached(Connection connection, TopicPartition partition) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(REACHED)) {
            setPartition(read, 1, partition);
            try (ResultSet row = read.executeQuery()) {
                return row.next()
                        ? Optional.of(new Reached(
                                row.getLong(1), row.getLong(2), Objects.requireNonNullElse(row.getString(3), "")))
                        : Optional.empty();
            }
        }
    }

    private record Owner(long epoch, long generation, long nextOffset, String topicId) {

        /** Whether the target has no longer, or never had, what is said to be applied. */
        boolean hasLost(Claim claim) {
            return topicId.equals(LOST) || epoch == 0 && claim.nextOffset() > 0;
        }

        /** Whether the offsets of both mean the same events. */
        boolean resumes(Claim claim) {
            return claim.resumes() && topicId.equals(claim.topicId());
        }

        /** Why the claim needs the group's confirmation. */
        Optional<String> objection(Claim claim) {
            if (epoch == 0) {
                return Optional.empty();
            }
            if (generation > claim.generation()) {
                return Optional.of(" belongs to a member of a later generation of the group");
            }
            if (!resumes(claim)) {
                // who was away would set back what others have applied, and a group made anew counts from one
                return Optional.of(
                        " is to be applied from offset " + claim.nextOffset() + " again, if the group says so");
            }
            return nextOffset < claim.nextOffset()
                    ? Optional.of(" is being applied again by another loader")
                    : Optional.empty();
        }
    }

    private Owner current(Connection connection, TopicPartition partition) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(CURRENT)) {
            setPartition(read, 1, partition);
            try (ResultSet row = read.executeQuery()) {
                return row.next()
                        ? new Owner(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                Objects.requireNonNullElse(row.getString(4), ""))
                        : new Owner(0, -1, 0, "");
            }
        }
    }

    /**
     * Takes a topic's partitions from all who have them, and has their next owners begin with the first record again. To be
     * called before a table is made that is missing: a crash in between leaves it missing, and this is done again.
     *
     * @return whether anything had been applied, which is gone now
     */
    public boolean loseTable(Connection connection, String topic) throws SQLException {
        try (PreparedStatement lose = connection.prepareStatement(LOSE)) {
            lose.setString(1, group);
            lose.setString(2, topic);
            return lose.executeUpdate() > 0;
        }
    }

    /** The partitions that nobody has begun again since their table was lost, with the epoch that they were taken away by. */
    public Map<TopicPartition, Long> lost(Connection connection) throws SQLException {
        Map<TopicPartition, Long> lost = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(ALL_LOST)) {
            query.setString(1, group);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    lost.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3));
                }
            }
        }
        return lost;
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

    /**
     * For each partition of a topic the first offset that is not applied.
     *
     * @param topicId leaves out partitions whose offsets are of another topic of this name; null for any
     */
    public Map<Integer, Long> offsets(Connection connection, String topic, @Nullable String topicId)
            throws SQLException {
        Map<Integer, Long> offsets = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(OFFSETS)) {
            query.setString(1, group);
            query.setString(2, topic);
            query.setString(3, topicId);
            query.setString(4, topicId);
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
