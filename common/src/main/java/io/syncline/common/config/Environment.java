package io.syncline.common.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The variables that configure a service: those of an optional {@code .env} file, and over them the process's own. A
 * variable {@code X} may stand in a file that {@code X_FILE} names. What is wrong is noted in {@link #faults} and a
 * stand-in given back, so that reading goes on to the next fault. Not thread-safe.
 */
public final class Environment {

    private final Map<String, String> variables;
    private final Faults faults = new Faults();

    private Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    /** @param folder where a {@code .env} file may lie */
    public static Environment read(Map<String, String> process, Path folder) {
        Map<String, String> variables = new TreeMap<>();
        Environment environment = new Environment(variables);
        try {
            Path file = folder.resolve(".env");
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            variables.putAll(EnvFile.parse(lines, environment.faults));
        } catch (IOException e) {
            environment.faults.add(".env", "cannot be read as UTF-8 text: " + e.getMessage());
        }
        Map<String, String> given = new TreeMap<>(process);
        given.values().removeIf(String::isEmpty);
        // a secret's file that the process names stands over the secret in .env, too
        given.keySet().stream()
                .filter(name -> name.endsWith("_FILE"))
                .forEach(name -> variables.remove(name.substring(0, name.length() - "_FILE".length())));
        variables.putAll(given);
        return environment;
    }

    public Faults faults() {
        return faults;
    }

    /** All variables whose names begin so. */
    public Map<String, String> startingWith(String prefix) {
        Map<String, String> found = new TreeMap<>(variables);
        found.keySet().removeIf(name -> !name.startsWith(prefix));
        return found;
    }

    public boolean has(String name) {
        return !variables.getOrDefault(name, "").isEmpty()
                || !variables.getOrDefault(name + "_FILE", "").isEmpty();
    }

    public String text(String name, String otherwise) {
        String value = variables.getOrDefault(name, "");
        String file = variables.getOrDefault(name + "_FILE", "");
        if (!value.isEmpty() || file.isEmpty()) {
            return value.isEmpty() ? otherwise : value;
        }
        try {
            return Files.readString(Path.of(file)).replaceFirst("\\R$", "");
        } catch (IOException e) {
            faults.add(
                    name + "_FILE",
                    "'" + file + "' cannot be read (" + e.getClass().getSimpleName()
                            + "); name a readable file that holds " + name);
            return otherwise;
        }
    }

    /** @param remedy what to write, for the message where the variable is missing */
    public String required(String name, String remedy) {
        if (!has(name)) {
            faults.add(name, "is not set; " + remedy);
            return "";
        }
        return text(name, "");
    }

    public String matching(String name, String otherwise, Predicate<String> rule, String remedy) {
        String value = text(name, otherwise);
        if (!rule.test(value)) {
            faults.add(name, "'" + value + "' " + remedy);
            return otherwise;
        }
        return value;
    }

    public int whole(String name, int otherwise, int least, int most, String what) {
        String value = text(name, Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(value.trim());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below, as a number out of range is
        }
        faults.add(
                name,
                "'" + value + "' is not " + what + "; write a whole number from " + least + " to " + most + ", as "
                        + otherwise);
        return otherwise;
    }

    public Duration seconds(String name, Duration otherwise) {
        String value = text(name, "");
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            return Seconds.parse(value);
        } catch (IllegalArgumentException e) {
            faults.add(name, "'" + value + "' is not a number of seconds; write 60, or 0.5, or 0 for a single pass");
            return otherwise;
        }
    }
}
