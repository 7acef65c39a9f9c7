package io.syncline.loader.write;

import io.syncline.loader.target.NamedLock;
import io.syncline.loader.target.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The turn of one batch after the other, of whatever partition and loader, at a table with unique indexes beside the key's: a batch
 * must see all rows that could be in its way, and what others have not committed yet nobody sees. To be closed behind the commit.
 * Belongs to one thread.
 */
final class TableTurn implements AutoCloseable {

    private final Connection connection;
    private final TargetTable table;
    private @Nullable NamedLock lock;

    TableTurn(Connection connection, TargetTable table) {
        this.connection = connection;
        this.table = table;
    }

    /** Returns at once where batches need not mind one another. To be called before the transaction has read anything. */
    void await() throws SQLException {
        if (!table.otherUniqueIndexes().isEmpty()) {
            lock = new NamedLock(connection, table.database() + "." + table.name() + " (rows)");
        }
    }

    @Override
    public void close() {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (SQLException lost) {
            // the session is gone, and its locks with it
        }
    }
}
