package io.syncline.systemtests;

import io.syncline.systemtests.pipeline.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Looks at a table all the time, on a thread of its own, and remembers each different sight. */
final class GenerationReader implements AutoCloseable {

    private final Set<String> seen = new ConcurrentSkipListSet<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Connection connection;
    private final Thread thread;

    private GenerationReader(Connection connection, String table) {
        this.connection = connection;
        this.thread = new Thread(() -> look(table), "generation-reader");
    }

    static GenerationReader of(Database database, String table) throws SQLException {
        GenerationReader reader = new GenerationReader(database.connect(), table);
        reader.thread.start();
        return reader;
    }

    private void look(String table) {
        String query = "SELECT CONCAT(COUNT(*), ' rows, ', COUNT(DISTINCT version), ' version') FROM " + table;
        try {
            while (!stopped.await(5, TimeUnit.MILLISECONDS)) {
                seen.add(String.valueOf(Database.rows(connection, query).get(0).get(0)));
                looks.incrementAndGet();
            }
        } catch (SQLException e) {
            seen.add(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int looks() {
        return looks.get();
    }

    /** Ends the looking; what was seen. */
    Set<String> stop() throws InterruptedException {
        stopped.countDown();
        thread.join();
        return seen;
    }

    @Override
    public void close() throws SQLException {
        stopped.countDown();
        connection.close();
    }
}
