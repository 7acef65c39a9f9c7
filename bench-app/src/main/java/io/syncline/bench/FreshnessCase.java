package io.syncline.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** One change every 100 ms: from the source's commit until somebody who keeps asking the target sees it. */
final class FreshnessCase implements Case {

    private static final String SYNCLINE = "Syncline, INTERVAL=0.05";
    private static final String SHOP = "shop_fresh";
    private static final String COPY = "copy_fresh";
    private static final int ROWS = 10_000;
    private static final int WARM_UP = 150;
    private static final int CHANGES = 300;
    private static final long EVERY_MILLIS = 100;

    private final Peers peers;
    private final Map<String, List<Double>> all = new LinkedHashMap<>();

    FreshnessCase(Peers peers) {
        this.peers = peers;
    }

    @Override
    public String name() {
        return "freshness";
    }

    @Override
    public String baseline() {
        return "";
    }

    @Override
    public void draw(Path folder, Map<String, Map<String, Spread>> spreads) throws IOException {
        Pictures.histogram(
                folder.resolve(name() + ".png"), "Freshness at INTERVAL=0.05", all.getOrDefault(SYNCLINE, List.of()));
    }

    @Override
    public Map<String, Object> details() {
        return Map.of("milliseconds", all);
    }

    @Override
    public Map<String, String> notMeasured() {
        return peers.missing();
    }

    @Override
    public List<Sample> round(Stand stand) throws Exception {
        new Orders(stand.source(), SHOP, ROWS).create();
        List<Sample> samples = new ArrayList<>();
        samples.add(syncline(stand));
        peers.measure(samples, (peer, plugins) -> connect(stand, peer, plugins));
        return samples;
    }

    private Sample syncline(Stand stand) throws Exception {
        stand.target().createEmpty(COPY);
        try (Pipeline pipeline = new Pipeline(stand, SHOP, COPY, List.of(Pipeline.orders(Orders.TABLE)))) {
            pipeline.set("INTERVAL", "0.05").start(stand.meter());
            pipeline.awaitApplied(ROWS);
            pipeline.awaitIdle();
            change(stand, ROWS, WARM_UP);
            return measure(stand, SYNCLINE, ROWS + WARM_UP, pipeline.join(stand.meter()));
        }
    }

    /** On the rows that are there since Syncline's turn, and behind them. */
    private Sample connect(Stand stand, Peer peer, Path plugins) throws Exception {
        stand.target().createEmpty(COPY);
        stand.target().run(COPY, Orders.CREATE);
        int rows = Integer.parseInt(stand.source().value(SHOP, "SELECT COUNT(*) FROM orders"));
        try (ConnectWorker worker = new ConnectWorker(stand, peer, plugins, SHOP, COPY, stand.meter())) {
            worker.awaitRows(rows);
            change(stand, rows, WARM_UP);
            return measure(stand, peer.name(), rows + WARM_UP, worker.join(stand.meter()));
        }
    }

    private Sample measure(Stand stand, String contender, int behind, Meter meter) throws Exception {
        List<Double> millis = change(stand, behind, CHANGES);
        Sample sample = meter.stop(contender).perSecond(meter.seconds());
        List<Double> measured = all.computeIfAbsent(contender, unknown -> new ArrayList<>());
        millis.forEach(each -> measured.add(Spread.rounded(each)));
        return sample.with("p50 ms", Spread.quantile(millis, 0.5))
                .with("p99 ms", Spread.quantile(millis, 0.99))
                .with("most ms", Spread.quantile(millis, 1));
    }

    /** Inserts rows behind an id and returns how long each took to be seen. */
    private static List<Double> change(Stand stand, int behind, int changes) throws Exception {
        Map<Integer, Long> committed = new ConcurrentSkipListMap<>();
        Watcher watcher = new Watcher(stand, behind, behind + changes);
        Thread watching = new Thread(watcher, "watcher");
        watching.start();
        try (Connection connection = stand.source().connect(SHOP);
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO orders (id, customer_id, status, amount, currency, paid, created_at)"
                                + " VALUES (?, 1, 'open', 1.5, 'EUR', 0, NOW())")) {
            long next = System.nanoTime();
            for (int id = behind + 1; id <= behind + changes; id++) {
                insert.setInt(1, id);
                insert.executeUpdate();
                committed.put(id, System.nanoTime());
                next += EVERY_MILLIS * 1_000_000;
                Thread.sleep(Math.max(1, (next - System.nanoTime()) / 1_000_000));
            }
        }
        watching.join(60_000);
        List<Double> millis = new ArrayList<>();
        committed.forEach((id, at) -> {
            Long seen = watcher.seen.get(id);
            if (seen == null) {
                throw new IllegalStateException("row " + id + " has not come within a minute");
            }
            // it may be seen before the source's answer is back here
            millis.add(Math.max(0, (seen - at) / 1e6));
        });
        return millis;
    }

    /** Asks the target again and again which rows have come. */
    private static final class Watcher implements Runnable {

        private final Stand stand;
        private final int behind;
        private final int last;
        private final Map<Integer, Long> seen = new ConcurrentSkipListMap<>();

        Watcher(Stand stand, int behind, int last) {
            this.stand = stand;
            this.behind = behind;
            this.last = last;
        }

        @Override
        public void run() {
            try (Connection connection = stand.target().connect(COPY);
                    PreparedStatement query = connection.prepareStatement("SELECT id FROM orders WHERE id > ?")) {
                int complete = behind;
                while (complete < last) {
                    query.setInt(1, complete);
                    try (ResultSet row = query.executeQuery()) {
                        long now = System.nanoTime();
                        while (row.next()) {
                            seen.putIfAbsent(row.getInt(1), now);
                        }
                    }
                    while (seen.containsKey(complete + 1)) {
                        complete++;
                    }
                    Thread.sleep(1);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
