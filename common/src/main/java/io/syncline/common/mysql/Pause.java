package io.syncline.common.mysql;

import java.sql.SQLTransientException;
import java.time.Duration;

/** The wait before a server is asked for the same thing once more. */
public final class Pause {

    private Pause() {}

    /** @throws SQLTransientException where the thread is interrupted, which it stays */
    public static void of(Duration pause) throws SQLTransientException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientException("interrupted", e);
        }
    }
}
