package io.syncline.quickstart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a process is started.
 *
 * @param name what people call it
 * @param command the program and its arguments
 * @param environment what it gets besides the few variables that any program needs; nothing else is inherited
 * @param folder its working directory
 * @param log where its output goes, appended
 */
public record Launch(String name, List<String> command, Map<String, String> environment, Path folder, Path log) {
    private static final List<String> INHERITED =
            List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "TMP", "JAVA_HOME", "SystemRoot");
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** The program of the running Java, for children of the same version. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    ProcessBuilder builder() {
        var builder = new ProcessBuilder(shieldedCommand())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        var variables = new HashMap<String, String>();
        INHERITED.forEach(key -> {
            var value = System.getenv(key);
            if (value != null) {
                variables.put(key, value);
            }
        });
        variables.putAll(environment);
        builder.environment().clear();
        builder.environment().putAll(variables);
        return builder;
    }

    // A terminal sends Ctrl-C to every process at once. Ignoring it here keeps the order of the stop ours; exec keeps
    // the pid.
    private List<String> shieldedCommand() {
        if (WINDOWS) {
            return command;
        }
        var shielded = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        shielded.addAll(command);
        return shielded;
    }
}
