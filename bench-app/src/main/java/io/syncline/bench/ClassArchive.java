package io.syncline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A service's archive of classes, with which its JVM starts in half the time, made as it is made for the service's image.
 *
 * @param project the folder of the whole project
 * @param service {@code extractor} or {@code loader}
 * @param folder where the archive lies, and what was said while it was made
 */
record ClassArchive(Path project, String service, Path folder) {

    ClassArchive {
        project = project.toAbsolutePath().normalize();
        folder = folder.toAbsolutePath().normalize();
    }

    /** The jar that the archive is of use to; no other, and by no other JVM than this one. */
    Path jar() {
        return project.resolve(service).resolve("target").resolve(service + ".jar");
    }

    private Path file() {
        return folder.resolve(service + ".jsa");
    }

    /** Has a JVM take its classes from the archive. */
    String javaOption() {
        return "-XX:SharedArchiveFile=" + file();
    }

    /**
     * Makes it anew.
     *
     * @param environment further variables of the service's JVM
     * @throws IllegalStateException where it cannot be made, with what was said
     */
    void make(Map<String, String> environment) throws IOException, InterruptedException {
        Path log = Files.createDirectories(folder).resolve(service + "-archive.log");
        Path script = project.resolve("docker").resolve("class-archive.sh");
        ProcessBuilder making = new ProcessBuilder(script.toString(), jar().toString(), file().toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        making.environment().putAll(environment);
        String java = Path.of(System.getProperty("java.home"), "bin").toString();
        making.environment().merge("PATH", java, (path, first) -> first + ":" + path);
        if (making.start().waitFor() != 0) {
            throw new IllegalStateException(Files.readString(log));
        }
    }
}
