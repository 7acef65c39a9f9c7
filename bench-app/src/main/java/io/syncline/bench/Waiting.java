package io.syncline.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** Waits for what is being measured, looking often enough not to add to it, and not so often as to cost it much. */
final class Waiting {

    /** A look at a service's status costs it some milliseconds. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private Waiting() {}

    /** Something that becomes true. */
    interface Condition {
        boolean holds() throws IOException, SQLException;
    }

    /** @param logs where to look if it never holds */
    static void until(Condition condition, String what, Path logs) throws InterruptedException {
        until(condition, PAUSE, what, logs);
    }

    static void until(Condition condition, Duration pause, String what, Path logs) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.holds()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("waited in vain until " + what + "; see " + logs);
                }
                Thread.sleep(pause.toMillis());
            }
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("while waiting until " + what, e);
        }
    }
}
