package io.syncline.quickstart;

import java.time.Duration;

/** Waits for something that another process does. */
final class Waiting {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Waiting() {}

    /** A question to ask again and again. */
    @FunctionalInterface
    interface Question {
        boolean isTrue() throws InterruptedException;
    }

    /** Asks until the answer is yes. Throws {@link ProcessFailure} as soon as the process has ended, or when the time is over. */
    static void until(ChildProcess process, Duration patience, Question question) {
        var deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!question.isTrue()) {
                process.requireAlive();
                if (System.nanoTime() > deadline) {
                    throw process.failure("was not ready after " + patience.toSeconds() + " seconds");
                }
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a process", interrupted);
        }
    }
}
