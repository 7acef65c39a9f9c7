package io.syncline.loader.write;

import io.syncline.common.mysql.Database;
import io.syncline.common.mysql.SqlFault;
import io.syncline.common.row.MalformedRowException;
import io.syncline.loader.target.NamedLock;
import io.syncline.loader.target.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one batch in one transaction of the target's, with what its gate does there. Rows that the target refuses are
 * found by halving the batch, so that the others go on by the batch, and are handed back as rejects. Thread-safe.
 */
public final class BatchWriter {

    private static final int TABLE_EXISTS = 1050;
    private static final int COLUMN_EXISTS = 1060;
    /** A binary log of statements does not take what is written under READ COMMITTED. */
    private static final int NOT_LOGGED = 1665;

    private final Database target;
    private final WriterChoice choice;
    private final MemoryBudget memory;

    public BatchWriter(Database target, WriterChoice choice, MemoryBudget memory) {
        this.target = target;
        this.choice = choice;
        this.memory = memory;
    }

    /** Asked within the batch's transaction whether it may be committed, before anything is written unless it says otherwise. */
    public interface Gate {
        /** @throws SQLException or a runtime exception where it may not */
        void pass(Connection connection) throws SQLException, InterruptedException;
    }

    /** Takes rejects before the batch is committed, so that none is lost between the two. */
    public interface Rejects {
        /** @param connection in the batch's transaction */
        void accept(Connection connection, List<Reject> rejects) throws SQLException, InterruptedException;
    }

    /** Whether rows behind these may be written by {@link #writeBehind} at the same time. */
    public boolean mayOverlap(TargetTable table, List<RowEvent> rows) {
        return choice.mayOverlap(table, rows);
    }

    /**
     * Commits the rows if the gate lets them pass.
     *
     * @param rows each key once, in the order in which to write them
     */
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
        inTransaction(table, rows, (connection, turn) -> {
            gate.pass(connection);
            turn.await();
            writeInTurn(connection, table, rows, rejects);
        });
    }

    private void writeInTurn(Connection connection, TargetTable table, List<RowEvent> rows, Rejects rejects)
            throws SQLException, InterruptedException {
        List<Reject> refused = new ArrayList<>();
        write(connection, table, rows, refused);
        if (!refused.isEmpty()) {
            rejects.accept(connection, refused);
        }
    }

    /**
     * Writes rows while those before them are being written, and asks the gate behind them. Whatever goes wrong, a refused row
     * too, takes all of it back.
     *
     * @param begun called when the writing has what it needs to come to an end
     */
    public void writeBehind(TargetTable table, List<RowEvent> rows, Runnable begun, Gate gate)
            throws SQLException, InterruptedException {
        inTransaction(table, rows, (connection, turn) -> {
            begun.run();
            choice.writer(table, rows).write(connection, rows);
            gate.pass(connection);
        });
    }

    private interface Work {
        void run(Connection connection, TableTurn turn) throws SQLException, InterruptedException;
    }

    private void inTransaction(TargetTable table, List<RowEvent> rows, Work work)
            throws SQLException, InterruptedException {
        try (MemoryBudget.Share share = memory.take(RowEvent.bytes(rows));
                Connection connection = target.connect();
                TableTurn turn = new TableTurn(connection, table)) {
            connection.setAutoCommit(false);
            if (choice.mayOverlap(table, rows)) {
                lockRowsAlone(connection);
            }
            try {
                work.run(connection, turn);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                rollBack(connection);
                if (e instanceof SQLException refused && refused.getErrorCode() == NOT_LOGGED) {
                    choice.overlapIsRefused();
                }
                throw e;
            }
        }
    }

    /** Under REPEATABLE READ, gaps between rows would be locked, too, in which the other batch has its rows. */
    private static void lockRowsAlone(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
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
