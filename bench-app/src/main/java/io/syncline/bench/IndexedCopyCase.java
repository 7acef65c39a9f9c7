package io.syncline.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** As {@link FirstCopyCase}, of a table whose rows also stand in four indexes that they come to in no order. */
final class IndexedCopyCase implements Case {

    private static final String SHOP = "shop_indexed";
    private static final String COPY = "copy_indexed";
    private static final int INDEXES = 4;
    private static final String ADD_INDEXES =
            "ALTER TABLE orders ADD KEY customer (customer_id), ADD KEY amounts (amount, currency),"
                    + " ADD KEY states (status, created_at), ADD KEY notes (note(40))";
    private static final Path LOGS = Path.of("bench-app", "target", "runs");

    private final int rows;
    private boolean prepared;

    IndexedCopyCase(int rows) {
        this.rows = rows;
    }

    @Override
    public String name() {
        return "indexed-copy";
    }

    @Override
    public String baseline() {
        return Dump.NAME;
    }

    @Override
    public void draw(Path folder, Map<String, Map<String, Spread>> spreads) throws IOException {
        Pictures.wallTimes(folder, this, "First copy of " + rows + " rows with five indexes", spreads);
    }

    @Override
    public List<Sample> round(Stand stand) throws Exception {
        stand.target().localInfile(true);
        if (!prepared) {
            new Orders(stand.source(), SHOP, rows).create();
            stand.source().run(SHOP, ADD_INDEXES, "ANALYZE TABLE orders");
            OrdersFile.write(stand, SHOP, "true");
            prepared = true;
        }
        List<Sample> samples = new ArrayList<>();
        samples.add(Dump.measure(stand, SHOP, COPY));
        Orders.requireEqual(stand, SHOP, COPY);

        stand.target().createEmpty(COPY);
        stand.target().run(COPY, Orders.CREATE, ADD_INDEXES);
        samples.add(OrdersFile.load(stand, "LOAD DATA LOCAL", COPY, ""));
        Orders.requireEqual(stand, SHOP, COPY);

        samples.add(syncline(stand));
        return samples;
    }

    /** Until the target has all rows and all indexes. */
    private Sample syncline(Stand stand) throws Exception {
        stand.target().createEmpty(COPY);
        try (Pipeline pipeline = new Pipeline(stand, SHOP, COPY, List.of(Pipeline.orders(Orders.TABLE)))) {
            Meter meter = stand.meter();
            pipeline.start(meter);
            pipeline.awaitApplied(rows);
            double rowsThere = meter.seconds();
            Waiting.until(() -> indexes(stand) == INDEXES, "the target has all indexes", LOGS);
            Sample sample = meter.stop("Syncline").with("rows there after s", rowsThere);
            Orders.requireEqual(stand, SHOP, COPY);
            return sample;
        }
    }

    private static int indexes(Stand stand) throws SQLException {
        return Integer.parseInt(stand.target()
                .value(
                        COPY,
                        "SELECT COUNT(DISTINCT INDEX_NAME) FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = '"
                                + COPY + "' AND INDEX_NAME IN ('customer', 'amounts', 'states', 'notes')"));
    }
}
