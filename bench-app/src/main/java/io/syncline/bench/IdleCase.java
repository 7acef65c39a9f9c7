package io.syncline.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the services and their servers use while nothing happens: many tables, a pass a second over each. */
final class IdleCase implements Case {

    private static final String SHOP = "shop_idle";
    private static final String COPY = "copy_idle";
    private static final int TABLES = 100;
    private static final Duration SETTLE = Duration.ofSeconds(90);
    /** What runs a hundred times a second is compiled after some minutes only. */
    private static final Duration SETTLE_LONG = Duration.ofMinutes(6);

    private static final Duration MEASURED = Duration.ofSeconds(30);

    private final Duration settle;

    /** @param full whether to wait until the JVMs have compiled all that runs */
    IdleCase(boolean full) {
        this.settle = full ? SETTLE_LONG : SETTLE;
    }

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String baseline() {
        return "";
    }

    @Override
    public List<Sample> round(Stand stand) throws Exception {
        stand.source().createEmpty(SHOP);
        stand.target().createEmpty(COPY);
        List<Map<String, Object>> tables = new ArrayList<>();
        for (int i = 1; i <= TABLES; i++) {
            String name = "t" + i;
            stand.source()
                    .run(
                            SHOP,
                            "CREATE TABLE " + name + " (id INT PRIMARY KEY, name VARCHAR(50), changed_at TIMESTAMP(6)"
                                    + " NOT NULL DEFAULT CURRENT_TIMESTAMP(6), KEY (changed_at))",
                            "INSERT INTO " + name + " (id, name) VALUES (1, 'one'), (2, 'two'), (3, 'three')");
            tables.add(Map.of("table", name, "primary_key", "id", "modifier", "changed_at"));
        }
        try (Pipeline pipeline = new Pipeline(stand, SHOP, COPY, tables)) {
            pipeline.start(stand.meter());
            pipeline.awaitApplied(3L * TABLES);
            pipeline.awaitIdle();
            Thread.sleep(settle.toMillis());
            long queries = queries(stand);
            Meter meter = pipeline.join(stand.meter());
            Thread.sleep(MEASURED.toMillis());
            Sample sample = meter.stop(TABLES + " idle tables");
            double seconds = meter.seconds();
            return List.of(sample.perSecond(seconds)
                    .with("statements at the source per s", (queries(stand) - queries) / seconds));
        }
    }

    private static long queries(Stand stand) throws Exception {
        return Long.parseLong(
                stand.source()
                        .value(
                                "",
                                "SELECT VARIABLE_VALUE FROM performance_schema.global_status WHERE VARIABLE_NAME = 'Questions'"));
    }
}
