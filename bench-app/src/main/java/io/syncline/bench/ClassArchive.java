package io.syncline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A service's archive of classes, made as it is made for its image. */
final class ClassArchive {

    private static final Path FOLDER = Path.of("bench-app", "target").toAbsolutePath();

    private ClassArchive() {}

    static Path jar(String service) {
        return Path.of(service, "target", service + ".jar").toAbsolutePath();
    }

    static Path of(String service) {
        return FOLDER.resolve(service + ".jsa");
    }

    /** The environment in which a service's JVM has the options of the images. */
    static Map<String, String> environment() {
        return Map.of(
                "JDK_JAVA_OPTIONS", "@" + Path.of("docker", "java.options").toAbsolutePath());
    }

    /** Makes it anew: an archive is of use to the jar and the JVM alone that it was made with. */
    static void make(String service) throws IOException, InterruptedException {
        Path log = Files.createDirectories(FOLDER).resolve(service + "-archive.log");
        ProcessBuilder script = new ProcessBuilder(
                        Path.of("docker", "class-archive.sh").toAbsolutePath().toString(),
                        jar(service).toString(),
                        of(service).toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        script.environment().putAll(environment());
        if (script.start().waitFor() != 0) {
            throw new IllegalStateException(Files.readString(log));
        }
    }
}
