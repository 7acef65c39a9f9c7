package io.syncline.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.syncline.quickstart.ChildProcess;
import io.syncline.quickstart.Launch;
import io.syncline.systemtests.stack.DatabaseServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The codec and the ways of writing by themselves: the loader's JMH benchmarks, which lie with its tests. */
final class MicroCase implements Case {

    private static final String DATABASE = "micro";
    private static final Path LOADER = Path.of("loader", "target").toAbsolutePath();
    private static final Path FOLDER = Path.of("bench-app", "target", "runs").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofHours(1);

    @Override
    public String name() {
        return "micro";
    }

    @Override
    public String baseline() {
        return "";
    }

    @Override
    public boolean onRequestAlone() {
        return true;
    }

    @Override
    public List<Sample> round(Stand stand) throws Exception {
        stand.target().createEmpty(DATABASE);
        stand.target().localInfile(true);
        Path folder = Files.createDirectories(FOLDER.resolve("micro-" + System.currentTimeMillis()));
        Path results = folder.resolve("jmh.json");
        List<String> command = List.of(
                Launch.java(),
                "-cp",
                classpath(),
                "org.openjdk.jmh.Main",
                "-foe",
                "true",
                "-prof",
                "gc",
                "-rf",
                "json",
                "-rff",
                results.toString());
        Path log = folder.resolve("jmh.log");
        System.out.println("JMH measures; see " + log);
        try (ChildProcess jmh = ChildProcess.start(new Launch("JMH", command, environment(stand), folder, log))) {
            OptionalInt status = jmh.awaitExit(PATIENCE);
            if (status.orElse(1) != 0) {
                throw new IllegalStateException("JMH has failed:\n" + jmh.lastLines(20));
            }
        }
        return JmhResults.samples(new ObjectMapper().readTree(results.toFile()));
    }

    private static String classpath() throws Exception {
        return String.join(
                File.pathSeparator,
                LOADER.resolve("test-classes").toString(),
                LOADER.resolve("classes").toString(),
                Files.readString(LOADER.resolve("test-classpath.txt")).strip());
    }

    /** The benchmarks read the loader's own variables. */
    private static Map<String, String> environment(Stand stand) {
        DatabaseServer target = stand.target().address();
        return Map.of(
                "TARGET_DB_HOST", target.host(),
                "TARGET_DB_PORT", Integer.toString(target.port()),
                "TARGET_DB_NAME", DATABASE,
                "TARGET_DB_USER", target.user(),
                "TARGET_DB_PASS", target.password());
    }
}
