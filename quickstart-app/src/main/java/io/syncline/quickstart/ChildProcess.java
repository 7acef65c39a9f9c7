package io.syncline.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A process that this JVM started. It never outlives an orderly end of this JVM: {@link RunningChildren} ends the last started
 * first. Thread-safe.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Launch launch;
    private final Process process;

    ChildProcess(Launch launch, Process process) {
        this.launch = launch;
        this.process = process;
    }

    /** Starts the process. Throws IllegalStateException while this JVM is ending. */
    public static ChildProcess start(Launch launch) {
        return RunningChildren.start(launch);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Throws {@link ProcessFailure} if the process has ended. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw failure("ended with status " + process.exitValue());
        }
    }

    /** Waits for the process to end by itself; empty when it has not within the time. */
    public OptionalInt awaitExit(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
                    ? OptionalInt.of(process.exitValue())
                    : OptionalInt.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    /** SIGKILL, then waits until the process is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(PATIENCE);
        RunningChildren.forget(this);
    }

    /** SIGTERM, then waits; SIGKILL for a process that has not ended after half a minute. */
    @Override
    public void close() {
        process.destroy();
        if (awaitExit(PATIENCE).isEmpty()) {
            process.destroyForcibly();
        }
        RunningChildren.forget(this);
    }

    /** The last lines of what the process has written. */
    public String lastLines(int count) {
        try {
            var lines = new String(Files.readAllBytes(launch.log()), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    ProcessFailure failure(String fault) {
        return new ProcessFailure(launch.name(), fault, lastLines(20));
    }
}
