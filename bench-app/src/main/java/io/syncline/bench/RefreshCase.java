package io.syncline.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A table without a modifier is refreshed whole: the first time, when a row has changed, and when none has. JVM start included. */
final class RefreshCase implements Case {

    private static final String SHOP = "shop_refresh";
    private static final String COPY = "copy_refresh";
    private static final Path LOGS = Path.of("bench-app", "target", "runs");

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
            // long enough that each start does one pass
            pipeline.set("INTERVAL", "3600");
            samples.add(untilEqual(stand, pipeline, "Syncline, first"));
            stand.source().run(SHOP, "UPDATE orders SET amount = amount + 1 WHERE id = 1");
            samples.add(untilEqual(stand, pipeline, "Syncline, a row changed"));
            samples.add(unchanged(stand, pipeline));
        }
        return samples;
    }

    private static Sample untilEqual(Stand stand, Pipeline pipeline, String contender) throws Exception {
        String amount = stand.source().value(SHOP, "SELECT amount FROM orders WHERE id = 1");
        Meter meter = stand.meter();
        pipeline.start(meter);
        Waiting.until(
                () -> stand.target()
                                .value(
                                        COPY,
                                        "SELECT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = '"
                                                + COPY + "' AND table_name = 'orders')")
                                .equals("1")
                        && stand.target()
                                .value(COPY, "SELECT MAX(amount) FROM orders WHERE id = 1")
                                .equals(amount),
                "the refreshed table is swapped in",
                LOGS);
        Sample sample = meter.stop(contender);
        pipeline.awaitIdle();
        pipeline.close();
        Orders.requireEqual(stand, SHOP, COPY);
        return sample;
    }

    private Sample unchanged(Stand stand, Pipeline pipeline) throws Exception {
        double before = rowsRead(stand);
        Meter meter = stand.meter();
        pipeline.start(meter);
        pipeline.awaitIdle();
        Sample sample = meter.stop("Syncline, unchanged")
                .with("scans of the source", (rowsRead(stand) - before) / rows)
                .with("rows published", (double) pipeline.rows(Pipeline.LOADER));
        pipeline.close();
        return sample;
    }

    private static double rowsRead(Stand stand) throws Exception {
        return Double.parseDouble(stand.source()
                .value(
                        "",
                        "SELECT SUM(VARIABLE_VALUE) FROM performance_schema.global_status WHERE VARIABLE_NAME IN"
                                + " ('Handler_read_rnd_next', 'Handler_read_next')"));
    }
}
