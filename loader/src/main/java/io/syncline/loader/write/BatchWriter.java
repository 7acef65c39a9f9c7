package io.syncline.loader.write;

import io.syncline.common.mysql.Database;
import io.syncline.common.mysql.SqlFault;
import io.syncline.common.row.MalformedRowException;
import io.syncline.loader.target.NamedLock;
import io.syncline.loader.target.PartitionFence;
import io.syncline.loader.target.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes one batch in one transaction of the target's, under the partition's epoch. Rows that the target refuses are
 * found by halving the batch, so that the others go on by the batch, and are handed back as rejects. Thread-safe.
 */
public final class BatchWriter {

    private static final int TABLE_EXISTS = 1050;
    private static final int COLUMN_EXISTS = 1060;

    private final Database target;
    private final PartitionFence fence;
    private final WriterChoice choice;
    private final MemoryBudget memory;

    public BatchWriter(Database target, PartitionFence fence, WriterChoice choice, MemoryBudget memory) {
        this.target = target;
        this.fence = fence;
        this.choice = choice;
        this.memory = memory;
    }

    /** Asked within the batch's transaction, before anything is written, whether it may be. */
    public interface Gate {
        /** @throws SQLException or a runtime exception where it may not */
        void pass(Connection connection) throws SQLException;
    }

    /** Takes rejects before the batch is committed, so that none is lost between the two. */
    public interface Rejects {
        /** @param connection in the batch's transaction */
        void accept(Connection connection, List<Reject> rejects) throws SQLException, InterruptedException;
    }

    /**
     * Commits the batch and the offset behind it.
     *
     * @param rows each key once, in the order in which to write them
     * @throws io.syncline.loader.target.FencedException where the epoch is over
     */
    public void write(
            TargetTable table,
            List<RowEvent> rows,
            TopicPartition partition,
            long epoch,
            long nextOffset,
            Rejects rejects)
            throws SQLException, InterruptedException {
        write(table, rows, connection -> fence.advance(connection, partition, epoch, nextOffset), rejects);
    }

    /** Commits the rows alone, if the gate lets them pass. */
    public void write(TargetTable table, List<RowEvent> rows, Gate gate, Rejects rejects)
            throws SQLException, InterruptedException {
        try {
            writeOnce(table, rows, gate, rejects);
        } catch (AsideTableNeeded e) {
            makeAside(e);
            writeOnce(table, rows, gate, rejects);
        }
    }

    private void writeOnce(TargetTable table, List<RowEvent> rows, Gate gate, Rejects rejects)
            throws SQLException, InterruptedException {
        try (MemoryBudget.Share share = memory.take(RowEvent.bytes(rows));
                Connection connection = target.connect()) {
            connection.setAutoCommit(false);
            try {
                gate.pass(connection);
                List<Reject> refused = new ArrayList<>();
                write(connection, table, rows, refused);
                if (!refused.isEmpty()) {
                    rejects.accept(connection, refused);
                }
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                rollBack(connection);
                throw e;
            }
        }
    }

    private void makeAside(AsideTableNeeded needed) throws SQLException {
        try (Connection connection = target.connect();
                NamedLock lock = new NamedLock(connection, String.valueOf(needed.getMessage()));
                Statement statement = connection.createStatement()) {
            for (String sql : needed.statements()) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            // another lane was faster, and its table will do
            if (e.getErrorCode() != TABLE_EXISTS && e.getErrorCode() != COLUMN_EXISTS) {
                throw e;
            }
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException lost) {
            // the connection is gone, and the server has rolled back by itself
        }
    }

    private void write(Connection connection, TargetTable table, List<RowEvent> rows, List<Reject> refused)
            throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        Savepoint before = connection.setSavepoint();
        try {
            choice.writer(table, rows).write(connection, rows);
            connection.releaseSavepoint(before);
        } catch (MalformedRowException e) {
            connection.rollback(before);
            halve(connection, table, rows, refused, "malformed: " + e.getMessage());
        } catch (SQLException e) {
            if (SqlFault.of(e) != SqlFault.ROW) {
                throw e;
            }
            connection.rollback(before);
            halve(connection, table, rows, refused, SqlFault.message(e));
        }
    }

    private void halve(
            Connection connection, TargetTable table, List<RowEvent> rows, List<Reject> refused, String reason)
            throws SQLException {
        if (rows.size() == 1) {
            refused.add(new Reject(rows.get(0).event(), reason));
            return;
        }
        int middle = rows.size() / 2;
        write(connection, table, rows.subList(0, middle), refused);
        write(connection, table, rows.subList(middle, rows.size()), refused);
    }
}
