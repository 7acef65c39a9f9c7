package io.syncline.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The command {@code ./bench}: runs the cases and writes what they say to {@code bench-app/results}. */
final class Bench {

    private static final Path RESULTS = Path.of("bench-app", "results");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.of(List.of(arguments), names());
        } catch (IllegalArgumentException e) {
            System.err.print("bench: " + e.getMessage() + "\n" + Options.USAGE.formatted(String.join(", ", names())));
            System.exit(2);
            return;
        }
        Stand stand = Stand.start();
        Pipeline.archiveClasses();
        warmUp(stand);
        for (Case each : cases(options, options.peers() ? Peers.all(options.connectJdbc()) : Peers.none())) {
            if (options.wants(each)) {
                run(each, stand, options);
            }
        }
        System.exit(0);
    }

    /**
     * The broker's own compiling is not what is asked for: whoever comes first would pay for it. By many small transactions, for its
     * JVM compiles what is called often, and a copy calls the broker for each 256 KiB only.
     */
    private static void warmUp(Stand stand) throws Exception {
        int rows = 100_000;
        new Orders(stand.source(), "shop_warm", rows).create();
        stand.target().createEmpty("copy_warm");
        try (Pipeline pipeline =
                new Pipeline(stand, "shop_warm", "copy_warm", List.of(Pipeline.orders(Orders.TABLE)))) {
            pipeline.set("FETCH_LIMIT", "50").start(stand.meter());
            pipeline.awaitApplied(rows);
        }
    }

    private static List<Case> cases(Options options, Peers peers) {
        int rows = options.rows();
        return List.of(
                new FirstCopyCase(rows, peers),
                new IndexedCopyCase(rows),
                new ChangesCase(rows),
                new RefreshCase(rows),
                new FreshnessCase(peers),
                new IdleCase(options.full()),
                new StartCase(),
                new GrowthCase(
                        options.full() ? List.of(100_000, 1_000_000, 10_000_000) : List.of(rows / 10, rows / 3, rows)),
                new ManyTablesCase(rows),
                new MicroCase());
    }

    private static List<String> names() {
        return cases(new Options(false, List.of(), 1, 1, false, Optional.empty()), Peers.none()).stream()
                .map(Case::name)
                .toList();
    }

    private static void run(Case each, Stand stand, Options options) throws Exception {
        Report report = new Report(each.baseline());
        for (int round = 1; round <= options.rounds(); round++) {
            List<Sample> samples = each.round(stand);
            report.add(samples);
            for (Sample sample : samples) {
                System.out.println(each.name() + " round " + round + ": " + line(sample));
            }
        }
        Map<String, Map<String, Spread>> spreads = report.spreads();
        spreads.forEach((contender, figures) -> {
            System.out.println(each.name() + ", " + contender);
            figures.forEach((name, spread) -> System.out.printf(
                    Locale.ROOT,
                    "  %-32s %10.2f (%.2f to %.2f)%n",
                    name,
                    spread.median(),
                    spread.least(),
                    spread.most()));
        });
        each.notMeasured()
                .forEach((contender, reason) ->
                        System.out.println(each.name() + ", " + contender + ": not measured: " + reason));
        write(each, stand, options, spreads);
        each.draw(RESULTS, spreads);
    }

    private static String line(Sample sample) {
        StringBuilder line = new StringBuilder(sample.contender());
        sample.figures().forEach((name, value) -> line.append(String.format(Locale.ROOT, ", %s %.2f", name, value)));
        return line.toString();
    }

    private static void write(Case each, Stand stand, Options options, Map<String, Map<String, Spread>> spreads)
            throws Exception {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("case", each.name());
        result.put("rows", options.rows());
        result.put("rounds", options.rounds());
        result.put("baseline", each.baseline());
        result.put("machine", Machine.describe(stand));
        result.put("contenders", spreads);
        if (!each.notMeasured().isEmpty()) {
            result.put("notMeasured", each.notMeasured());
        }
        result.putAll(each.details());
        save(RESULTS.resolve(each.name() + ".json"), result);
    }

    private static void save(Path file, Map<String, Object> result) throws IOException {
        Files.createDirectories(RESULTS);
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n");
    }
}
