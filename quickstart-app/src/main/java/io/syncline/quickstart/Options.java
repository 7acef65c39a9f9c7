package io.syncline.quickstart;

import java.util.List;

/**
 * What the command line asks for.
 *
 * @param once ends when both sides are equal, without a writer
 */
record Options(boolean once, boolean help) {
    static final String HELP = """
            Usage: ./quickstart [--once]

            Starts a source database with a sample shop, Kafka, an empty target database, the extractor and the loader,
            shows how the rows arrive, and goes on changing the source until Ctrl-C.

              --once   no changes; ends when both sides are equal value by value: exit status 0, else 1
            """;

    /** Throws IllegalArgumentException for an argument that isn't known. */
    static Options parse(String... arguments) {
        for (var argument : arguments) {
            if (!List.of("--once", "--help", "-h").contains(argument)) {
                throw new IllegalArgumentException("unknown argument " + argument + "\n\n" + HELP);
            }
        }
        var given = List.of(arguments);
        return new Options(given.contains("--once"), given.contains("--help") || given.contains("-h"));
    }
}
