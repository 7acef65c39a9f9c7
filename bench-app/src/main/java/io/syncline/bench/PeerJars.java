package io.syncline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The jars of the parts of peers, by poms of their own that are no modules: whoever builds Syncline does not fetch them. */
final class PeerJars {

    /** Kafka Connect itself. */
    static final String WORKER = "connect";

    private static final Path POMS = Path.of("bench-app", "peers");
    private static final Path LOGS = Path.of("bench-app", "target", "peer-logs");
    private static final Path FOLDER = Path.of("bench-app", "target", "peers").toAbsolutePath();

    private PeerJars() {}

    /** Where those of a part are, or its own parts', once they are fetched. */
    static Path folder(String part) {
        return FOLDER.resolve(part);
    }

    /** Does nothing where it has been done. @throws NotMeasuredException where Maven cannot have them */
    static void fetch(String part) throws NotMeasuredException {
        Path pom = POMS.resolve(part).resolve("pom.xml");
        Path log = LOGS.resolve(part + ".log");
        Path complete = LOGS.resolve(part + ".complete");
        try {
            Files.createDirectories(log.getParent());
            if (!isUpToDate(complete, pom)) {
                System.out.println("Fetching " + part);
                Process maven = new ProcessBuilder("mvn", "-B", "-q", "-f", pom.toString(), "package")
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
                if (maven.waitFor() != 0) {
                    throw new NotMeasuredException("Maven cannot fetch the jars of " + part + "; see " + log);
                }
                Files.writeString(complete, "");
            }
        } catch (IOException e) {
            throw new IllegalStateException("mvn cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isUpToDate(Path complete, Path pom) throws IOException {
        return Files.exists(complete)
                && Files.getLastModifiedTime(complete).compareTo(Files.getLastModifiedTime(pom)) >= 0;
    }
}
