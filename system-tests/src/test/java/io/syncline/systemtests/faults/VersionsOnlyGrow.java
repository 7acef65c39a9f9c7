package io.syncline.systemtests.faults;

import io.syncline.systemtests.pipeline.Database;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The guarantee that nothing stale is written: a reader that looks at the target all the time sees no row go back. */
final class VersionsOnlyGrow implements AutoCloseable {

    private final Database target;
    private final List<Table> tables;
    private final Map<String, Integer> newest = new HashMap<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final AtomicLong looks = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopped;

    private VersionsOnlyGrow(Database target, List<Table> tables) {
        this.target = target;
        this.tables = List.copyOf(tables);
        this.thread = new Thread(this::look, "versions-reader");
        thread.setDaemon(true);
    }

    static VersionsOnlyGrow watch(Database target, List<Table> tables) {
        VersionsOnlyGrow guarantee = new VersionsOnlyGrow(target, tables);
        guarantee.thread.start();
        return guarantee;
    }

    private void look() {
        while (!stopped) {
            try (Connection connection = target.connect()) {
                while (!stopped) {
                    for (Table table : tables) {
                        look(connection, table.name());
                    }
                    looks.incrementAndGet();
                    Thread.sleep(10);
                }
            } catch (SQLException notThere) {
                rest();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void rest() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Connection connection, String table) throws SQLException {
        for (List<@Nullable String> row : Database.rows(connection, "SELECT id, version FROM " + Sql.name(table))) {
            String key = table + " " + row.get(0);
            int version = Integer.parseInt(String.valueOf(row.get(1)));
            Integer before = newest.put(key, version);
            if (before != null && before > version) {
                violations.add(key + ": version " + version + " after " + before);
            }
        }
    }

    /** What was seen to go back. */
    List<String> violations() {
        return List.copyOf(violations);
    }

    long looks() {
        return looks.get();
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.interrupt();
        thread.join(5_000);
    }
}
