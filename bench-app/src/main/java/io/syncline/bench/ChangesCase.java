package io.syncline.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A tenth of a table's rows change at random: how long until all are at the target, from the source's commit on. */
final class ChangesCase implements Case {

    private static final String SHOP = "shop_changes";
    private static final String COPY = "copy_changes";
    private static final String PLAIN = "plain_changes";

    private final int rows;
    private int round;

    ChangesCase(int rows) {
        this.rows = rows;
    }

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public String baseline() {
        return "LOAD DATA … REPLACE";
    }

    @Override
    public void draw(Path folder, Map<String, Map<String, Spread>> spreads) throws IOException {
        Pictures.wallTimes(folder, this, rows / 10 + " of " + rows + " rows changed", spreads);
    }

    @Override
    public List<Sample> round(Stand stand) throws Exception {
        stand.target().localInfile(true);
        if (round == 0) {
            new Orders(stand.source(), SHOP, rows).create();
        }
        stand.target().createEmpty(COPY);
        stand.target().createEmpty(PLAIN);
        Dump.run(stand, SHOP, PLAIN);
        // a product by an odd number is as good as random for the order of keys
        String changed = "id * 2654435761 % 10 = " + round++ % 10;
        int count = Integer.parseInt(stand.source().value(SHOP, "SELECT COUNT(*) FROM orders WHERE " + changed));
        Sample syncline;
        try (Pipeline pipeline = new Pipeline(stand, SHOP, COPY, List.of(Pipeline.orders(Orders.TABLE)))) {
            pipeline.set("INTERVAL", "0.05").start(stand.meter());
            pipeline.awaitApplied(rows);
            pipeline.awaitIdle();
            long before = pipeline.awaitCaughtUp();
            stand.source().run(SHOP, "UPDATE orders SET amount = amount + 1, status = 'paid' WHERE " + changed);
            Meter meter = pipeline.join(stand.meter());
            pipeline.awaitApplied(before + count);
            syncline = meter.stop("Syncline").with("rows", count);
        }
        Orders.requireEqual(stand, SHOP, COPY);
        OrdersFile.write(stand, SHOP, changed);
        Sample plain = OrdersFile.load(stand, baseline(), PLAIN, "REPLACE").with("rows", count);
        Orders.requireEqual(stand, SHOP, PLAIN);
        return List.of(plain, syncline);
    }
}
