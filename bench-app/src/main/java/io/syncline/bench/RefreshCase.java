package io.syncline.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A table without a modifier is refreshed whole: the first time, from the services' start on, and by services that run, from the
 * beginning of a pass on, when a row has changed and when none has.
 */
final class RefreshCase implements Case {

    private static final String SHOP = "shop_refresh";
    private static final String COPY = "copy_refresh";
    private static final Path LOGS = Path.of("bench-app", "target", "runs");

    /** Long enough for what is looked up between two passes. */
    private static final int REST_SECONDS = 15;

    private final int rows;
    private boolean prepared;

    RefreshCase(int rows) {
        this.rows = rows;
    }

    @Override
    public String name() {
        return "full-refresh";
    }

    @Override
    public String baseline() {
        return Dump.NAME;
    }

    @Override
    public void draw(Path folder, Map<String, Map<String, Spread>> spreads) throws IOException {
        Pictures.wallTimes(folder, this, "Full refresh of " + rows + " rows", spreads);
    }

    @Override
    public List<Sample> round(Stand stand) throws Exception {
        stand.target().localInfile(true);
        if (!prepared) {
            new Orders(stand.source(), SHOP, rows).create();
            prepared = true;
        }
        List<Sample> samples = new ArrayList<>();
        samples.add(Dump.measure(stand, SHOP, COPY));
        stand.target().createEmpty(COPY);
        try (Pipeline pipeline =
                new Pipeline(stand, SHOP, COPY, List.of(Map.of("table", Orders.TABLE, "primary_key", "id")))) {
            pipeline.set("INTERVAL", Integer.toString(REST_SECONDS));
            Meter first = stand.meter();
            pipeline.start(first);
            awaitSwap(stand);
            samples.add(first.stop("Syncline, first"));
            Orders.requireEqual(stand, SHOP, COPY);
            samples.add(changed(stand, pipeline));
            samples.add(unchanged(stand, pipeline));
        }
        return samples;
    }

    /** A row in the middle has changed, as any row would on the average. */
    private Sample changed(Stand stand, Pipeline pipeline) throws Exception {
        Instant begin = awaitRest(pipeline);
        stand.source().run(SHOP, "UPDATE orders SET amount = amount + 1 WHERE id = " + rows / 2);
        sleepUntil(begin);
        Meter meter = pipeline.join(stand.meter());
        awaitSwap(stand);
        Sample sample = meter.stop("Syncline, a row changed");
        Orders.requireEqual(stand, SHOP, COPY);
        return sample;
    }

    private Sample unchanged(Stand stand, Pipeline pipeline) throws Exception {
        Instant begin = awaitRest(pipeline);
        double read = rowsRead(stand);
        long published = pipeline.rows(Pipeline.EXTRACTOR);
        sleepUntil(begin);
        Meter meter = pipeline.join(stand.meter());
        pipeline.awaitPassSince(begin);
        return meter.stop("Syncline, unchanged")
                .with("scans of the source", (rowsRead(stand) - read) / rows)
                .with("rows published", (double) pipeline.rows(Pipeline.EXTRACTOR) - published);
    }

    /**
     * Waits for the beginning of the rest between two passes.
     *
     * @return when the next pass begins
     */
    private static Instant awaitRest(Pipeline pipeline) throws Exception {
        pipeline.awaitPassSince(Instant.now());
        return pipeline.lastPasses().get(0).plusSeconds(REST_SECONDS);
    }

    private static void sleepUntil(Instant moment) throws InterruptedException {
        Thread.sleep(Math.max(0, Duration.between(Instant.now(), moment).toMillis()));
    }

    private void awaitSwap(Stand stand) throws Exception {
        String probe = "SELECT MAX(amount) FROM orders WHERE id = " + rows / 2;
        String amount = stand.source().value(SHOP, probe);
        Waiting.until(
                () -> stand.target()
                                .value(
                                        COPY,
                                        "SELECT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = '"
                                                + COPY + "' AND table_name = 'orders')")
                                .equals("1")
                        && stand.target().value(COPY, probe).equals(amount),
                "the refreshed table is swapped in",
                LOGS);
    }

    private static double rowsRead(Stand stand) throws Exception {
        return Double.parseDouble(stand.source()
                .value(
                        "",
                        "SELECT SUM(VARIABLE_VALUE) FROM performance_schema.global_status WHERE VARIABLE_NAME IN"
                                + " ('Handler_read_rnd_next', 'Handler_read_next')"));
    }
}
