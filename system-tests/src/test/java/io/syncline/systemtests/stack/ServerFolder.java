package io.syncline.systemtests.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Utils;

/** Where the servers that run as processes keep their data. Test JVMs run side by side, each with servers of its own. */
public final class ServerFolder {

    private static final Path FOLDER = Path.of("target", "servers", System.getProperty("fork", "no-fork"));

    private ServerFolder() {}

    /** A folder for one server, without anything from a former run; its server makes it. */
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
