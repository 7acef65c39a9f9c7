package io.syncline.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Every child process that runs, so that the end of this JVM ends them too, in the reverse order of their starts. Thread-safe. */
final class RunningChildren {
    private static final Deque<ChildProcess> CHILDREN = new ArrayDeque<>();
    private static boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(RunningChildren::closeAll, "children-closer"));
    }

    private RunningChildren() {}

    // one lock for the start and the list: a child started while the JVM ends would be left behind
    static synchronized ChildProcess start(Launch launch) {
        if (ending) {
            throw new IllegalStateException("not starting " + launch.name() + ": this JVM is ending");
        }
        try {
            Files.createDirectories(launch.folder());
            var child = new ChildProcess(launch, launch.builder().start());
            CHILDREN.addLast(child);
            return child;
        } catch (IOException notStarted) {
            throw new UncheckedIOException("cannot start " + launch.name() + ": " + launch.command(), notStarted);
        }
    }

    static synchronized void forget(ChildProcess child) {
        CHILDREN.remove(child);
    }

    static synchronized boolean areEnding() {
        return ending;
    }

    private static void closeAll() {
        for (var child = nextToClose(); child != null; child = nextToClose()) {
            child.close();
        }
    }

    private static synchronized @Nullable ChildProcess nextToClose() {
        ending = true;
        return CHILDREN.peekLast();
    }
}
