package io.syncline.quickstart;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Watches a source that nobody writes to arrive at the target. Belongs to one thread. */
final class FirstCopy {
    private static final ProgressBar BAR = new ProgressBar(40);

    private final Pipeline pipeline;
    private final Terminal terminal;
    private final List<SyncedTable> tables;
    private final long deadline;

    FirstCopy(Pipeline pipeline, Terminal terminal, List<SyncedTable> tables, Duration patience) {
        this.pipeline = pipeline;
        this.terminal = terminal;
        this.tables = tables;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /** Draws the bar until the target has as many rows as the source, then compares until both are equal, or the time is over. */
    List<Difference> watch(Connection source, Connection target) throws SQLException, InterruptedException {
        var total = RowCounts.of(source, tables).total();
        drawUntilFull(target, total);
        var comparison = new Comparison(source, target);
        var differences = comparison.differences(tables);
        while (!differences.isEmpty() && timeLeft()) {
            Thread.sleep(500);
            pipeline.requireAlive();
            differences = comparison.differences(tables);
        }
        return differences;
    }

    private void drawUntilFull(Connection target, long total) throws SQLException, InterruptedException {
        var arrived = 0L;
        while (arrived < total && timeLeft()) {
            pipeline.requireAlive();
            arrived = RowCounts.of(target, tables).total();
            terminal.status("  " + BAR.render(arrived, total));
            if (arrived < total) {
                Thread.sleep(terminal.statusPeriod().toMillis());
            }
        }
    }

    private boolean timeLeft() {
        return System.nanoTime() < deadline;
    }
}
