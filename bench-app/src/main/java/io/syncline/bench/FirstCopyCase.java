package io.syncline.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long it takes until a whole table is at an empty target, JVM start included. */
final class FirstCopyCase implements Case {

    private static final String SHOP = "shop";
    private static final String COPY = "copy";

    private final int rows;
    private final Peers peers;
    private boolean prepared;

    FirstCopyCase(int rows, Peers peers) {
        this.rows = rows;
        this.peers = peers;
    }

    @Override
    public String name() {
        return "first-copy";
    }

    @Override
    public String baseline() {
        return Dump.NAME;
    }

    @Override
    public Map<String, String> notMeasured() {
        return peers.missing();
    }

    @Override
    public void draw(Path folder, Map<String, Map<String, Spread>> spreads) throws IOException {
        Pictures.wallTimes(folder, this, "First copy of " + rows + " rows", spreads);
    }

    @Override
    public List<Sample> round(Stand stand) throws Exception {
        if (!prepared) {
            new Orders(stand.source(), SHOP, rows).create();
            OrdersFile.write(stand, SHOP, "true");
            prepared = true;
        }
        List<Sample> samples = new ArrayList<>();
        samples.add(Dump.measure(stand, SHOP, COPY));
        Orders.requireEqual(stand, SHOP, COPY);

        stand.target().createEmpty(COPY);
        stand.target().run(COPY, Orders.CREATE);
        samples.add(OrdersFile.load(stand, "LOAD DATA LOCAL", COPY, ""));
        Orders.requireEqual(stand, SHOP, COPY);

        samples.add(syncline(stand, "Syncline", SHOP, COPY, rows));
        stand.target().localInfile(false);
        samples.add(syncline(stand, "Syncline, local_infile=OFF", SHOP, COPY, rows));
        stand.target().localInfile(true);

        peers.measure(samples, (peer, plugins) -> connect(stand, peer, plugins));
        return samples;
    }

    /** As Syncline, from the worker's start on; the table is there, for a sink would make it without its index. */
    private Sample connect(Stand stand, Peer peer, Path plugins) throws Exception {
        stand.target().createEmpty(COPY);
        stand.target().run(COPY, Orders.CREATE);
        Meter meter = stand.meter();
        try (ConnectWorker worker = new ConnectWorker(stand, peer, plugins, SHOP, COPY, meter)) {
            worker.awaitRows(rows);
            Sample sample = meter.stop(peer.name());
            Orders.requireEqual(stand, SHOP, COPY);
            return sample;
        }
    }

    /** Both services from their start until the last row is at the target. */
    static Sample syncline(Stand stand, String contender, String from, String to, int rows) throws Exception {
        stand.target().createEmpty(to);
        try (Pipeline pipeline = new Pipeline(stand, from, to, List.of(Pipeline.orders(Orders.TABLE)))) {
            Meter meter = stand.meter();
            pipeline.start(meter);
            pipeline.awaitApplied(rows);
            Sample sample = meter.stop(contender);
            Orders.requireEqual(stand, from, to);
            return sample;
        }
    }
}
