package io.syncline.quickstart;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;

/**
 * The folder that holds everything one run writes. The next run wipes it, except MariaDB's unpacked programs, which never change.
 * Held by a file lock, so that a second run at the same time cannot wipe it.
 */
record RunFolder(Path path, FileLock lock) implements AutoCloseable {
    private static final String PROGRAMS = "mariadb";

    /** Throws IllegalStateException if another run holds the folder. */
    static RunFolder claim(Path path) throws IOException {
        Files.createDirectories(path);
        var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new IllegalStateException("another quickstart runs in " + path + "; stop it first");
        }
        var leftovers = new ArrayList<Path>();
        try (var children = Files.list(path)) {
            children.filter(child -> !child.endsWith(PROGRAMS) && !child.endsWith("lock"))
                    .forEach(leftovers::add);
        }
        leftovers.forEach(Folders::delete);
        return new RunFolder(path, lock);
    }

    Path programs() {
        return path.resolve(PROGRAMS);
    }

    @Override
    public void close() throws IOException {
        lock.acquiredBy().close();
    }
}
