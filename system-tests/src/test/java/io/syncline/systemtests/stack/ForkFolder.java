package io.syncline.systemtests.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Utils;

/**
 * What a JVM of the tests keeps on disk: the data of servers that run as processes, and the services' archives of classes. Several
 * run side by side, each with its own.
 */
public final class ForkFolder {

    private static final Path FOLDER = Path.of("target", "forks", System.getProperty("fork", "no-fork"));

    private ForkFolder() {}

    /** A folder without anything from a former run; who writes there makes it. */
    public static Path empty(String name) {
        Path folder = FOLDER.resolve(name);
        try {
            Utils.delete(folder.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }
}
