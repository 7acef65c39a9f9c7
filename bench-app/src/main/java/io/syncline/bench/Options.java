package io.syncline.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param full a run of the size that the documents show, instead of minutes
 * @param only the cases to run; empty for all
 * @param peers whether other pipelines are measured beside Syncline, too
 * @param connectJdbc the folder of the jars of Kafka Connect JDBC, which is measured only so
 */
record Options(boolean full, List<String> only, int rows, int rounds, boolean peers, Optional<Path> connectJdbc) {

    static final String USAGE = """
            usage: ./bench [--full] [--only CASE]... [--rows N] [--rounds N] [--without-peers]
                           [--connect-jdbc FOLDER]
              --full           1,000,000 rows and more rounds, idle load after longer; without it 200,000
              --only CASE      one of %s; may be given several times; micro runs only so
              --rows N         rows of the table
              --rounds N       how often each contender is measured
              --without-peers  leaves out the pipelines on Kafka Connect, whose jars Maven fetches at their first use
              --connect-jdbc FOLDER
                               measures Kafka Connect JDBC, too, by Aiven's connector, whose jars are in FOLDER
            """;

    Options {
        only = List.copyOf(only);
    }

    /** @throws IllegalArgumentException with a message for the user */
    static Options of(List<String> arguments, List<String> cases) {
        boolean full = arguments.contains("--full");
        List<String> only = new ArrayList<>();
        int rows = full ? 1_000_000 : 200_000;
        int rounds = full ? 5 : 3;
        Optional<Path> connectJdbc = Optional.empty();
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--full", "--without-peers" -> {}
                case "--only" -> only.add(oneOf(cases, value(arguments, ++i)));
                case "--rows" -> rows = number(value(arguments, ++i));
                case "--rounds" -> rounds = number(value(arguments, ++i));
                case "--connect-jdbc" -> connectJdbc = Optional.of(folderOfJars(value(arguments, ++i)));
                default -> throw new IllegalArgumentException("'" + arguments.get(i) + "' is not known");
            }
        }
        return new Options(full, only, rows, rounds, !arguments.contains("--without-peers"), connectJdbc);
    }

    boolean wants(Case some) {
        return only.isEmpty() ? !some.onRequestAlone() : only.contains(some.name());
    }

    private static String value(List<String> arguments, int at) {
        if (at == arguments.size()) {
            throw new IllegalArgumentException("'" + arguments.get(at - 1) + "' needs a value");
        }
        return arguments.get(at);
    }

    private static String oneOf(List<String> known, String name) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException("there is no case '" + name + "'");
        }
        return name;
    }

    private static Path folderOfJars(String name) {
        Path folder = Path.of(name);
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("there is no folder '" + name + "'");
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            if (jars.iterator().hasNext()) {
                return folder;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("'" + name + "' cannot be read: " + e, e);
        }
        throw new IllegalArgumentException("'" + name + "' has no jars");
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new IllegalArgumentException("'" + text + "' is not a number above 0");
    }
}
