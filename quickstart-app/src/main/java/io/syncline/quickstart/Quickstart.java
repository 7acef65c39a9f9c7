package io.syncline.quickstart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The command {@code ./quickstart}: runs from the project's folder, writes to {@code quickstart-app/target/run} alone. Exit status 0
 * when all went well, 1 when the sides differ or a part failed, 2 for a wrong argument.
 */
public final class Quickstart {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Options options;
    private final Terminal terminal;
    private final Path project = Path.of("").toAbsolutePath();

    private Quickstart(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    public static void main(String... arguments) {
        System.exit(statusOf(arguments));
    }

    private static int statusOf(String... arguments) {
        var terminal = Terminal.ofThisProcess();
        try {
            var options = Options.parse(arguments);
            if (options.help()) {
                terminal.line(Options.HELP.stripTrailing());
                return 0;
            }
            return new Quickstart(options, terminal).run();
        } catch (IllegalArgumentException wrong) {
            terminal.line(String.valueOf(wrong.getMessage()));
            return 2;
        } catch (Exception failed) {
            // Ctrl-C takes the servers away from whatever the main thread is doing; that is no failure to report
            if (!RunningChildren.areEnding()) {
                terminal.line("\nThe quickstart failed: " + failed.getMessage());
            }
            return 1;
        }
    }

    private int run() throws Exception {
        terminal.line("Syncline: source database -> extractor -> Kafka -> loader -> target database\n");
        try (var folder = RunFolder.claim(
                project.resolve("quickstart-app").resolve("target").resolve("run"))) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::sayGoodbye, "goodbye"));
            var begin = System.nanoTime();
            var tables = SyncedTable.parse(Files.readString(project.resolve("tables.json")));
            var pipeline = Pipeline.start(terminal, project, folder);
            new Links(pipeline, folder).lines().forEach(terminal::line);
            try (var source = pipeline.source().connect();
                    var target = pipeline.target().connect()) {
                var copyBegin = System.nanoTime();
                var differences = new FirstCopy(pipeline, terminal, tables, PATIENCE).watch(source, target);
                if (!differences.isEmpty()) {
                    terminal.line("The sides differ:");
                    differences.forEach(difference -> terminal.line("  " + difference));
                    terminal.line("The services' logs in " + folder.path() + " tell more.");
                    return 1;
                }
                terminal.line(String.format(
                        Locale.ROOT,
                        "  %,d rows in %d tables are equal on both sides, value by value: %.1f s after the services were ready, %.1f s in all",
                        RowCounts.of(source, tables).total(),
                        tables.size(),
                        secondsSince(copyBegin),
                        secondsSince(begin)));
                if (!options.once()) {
                    goOn(pipeline, tables, target);
                }
                return 0;
            }
        }
    }

    // until Ctrl-C, or until a part fails
    private void goOn(Pipeline pipeline, List<SyncedTable> tables, Connection target) throws Exception {
        var watched = new ArrayList<Arrivals>();
        for (var table : tables) {
            watched.add(new Arrivals(target, table));
        }
        terminal.line(
                "\nThe shop is open: what arrives each second, + new and ~ changed rows. Ctrl-C stops everything.");
        try (var writer = ShopWriter.start(pipeline.source().connect())) {
            while (writer.failure().isEmpty()) {
                Thread.sleep(1000);
                pipeline.requireAlive();
                var arrived = new ArrayList<String>();
                for (var table : watched) {
                    table.sinceLastLook().ifPresent(arrived::add);
                }
                var time = LocalTime.now(ZoneId.systemDefault()).format(CLOCK);
                terminal.line(time + "  " + (arrived.isEmpty() ? "nothing" : String.join("  ", arrived)));
            }
            throw new IllegalStateException(
                    "the shop's writer ended: " + writer.failure().orElseThrow().getMessage());
        }
    }

    // the stop itself is RunningChildren's
    private void sayGoodbye() {
        terminal.line("\nStopping the services, then Kafka and the databases.");
    }

    private static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1e9;
    }
}
