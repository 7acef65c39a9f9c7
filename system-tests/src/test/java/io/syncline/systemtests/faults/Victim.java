package io.syncline.systemtests.faults;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A process that can be killed and started again. */
interface Victim {

    String name();

    long pid();

    /** SIGKILL. */
    void kill();

    void restart();

    /** SIGSTOP: it stands still and its connections stay open. */
    default void pause() {
        signal("-STOP");
    }

    /** SIGCONT: it goes on, and knows of nothing. */
    default void resume() {
        signal("-CONT");
    }

    private void signal(String which) {
        try {
            new ProcessBuilder("kill", which, Long.toString(pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
