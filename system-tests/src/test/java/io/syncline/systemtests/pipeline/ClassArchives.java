package io.syncline.systemtests.pipeline;

import io.syncline.systemtests.stack.ForkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Archives of the classes that services load. A JVM of the tests starts some hundred services, and with an archive a start costs half;
 * the first service of a jar that ends in order leaves one for all later ones. Thread-safe.
 */
final class ClassArchives {

    private static final Path FOLDER = ForkFolder.empty("class-archives").toAbsolutePath();
    private static final Map<Path, Path> MADE = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private ClassArchives() {}

    /** Where a service that is about to start would leave its archive. */
    static Path next() {
        try {
            return Files.createDirectories(FOLDER).resolve(COUNT.incrementAndGet() + ".jsa");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Have a JVM take the jar's classes from the archive that there is, or else leave one at its end.
     *
     * @param javaOptions its other options: with an agent, as a debugger is, it would not start if it had to leave one
     */
    static List<String> options(Path jar, Path next, String javaOptions) {
        Path made = MADE.get(jar);
        if (made != null) {
            return List.of("-XX:SharedArchiveFile=" + made);
        }
        return javaOptions.contains("-agentlib:")
                ? List.of()
                : List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-XX:ArchiveClassesAtExit=" + next);
    }

    /** What a service has left is for all later ones of its jar. */
    static void ended(Path jar, Path next) {
        if (Files.exists(next)) {
            MADE.putIfAbsent(jar, next);
        }
    }
}
