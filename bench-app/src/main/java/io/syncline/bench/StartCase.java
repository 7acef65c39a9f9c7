package io.syncline.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** From the start of each service alone until it says that it is ready. */
final class StartCase implements Case {

    private static final String SHOP = "shop_start";
    private static final String COPY = "copy_start";
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Path LOGS = Path.of("bench-app", "target", "runs");

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String baseline() {
        return "";
    }

    @Override
    public List<Sample> round(Stand stand) throws Exception {
        new Orders(stand.source(), SHOP, 1000).create();
        stand.target().createEmpty(COPY);
        return List.of(ready(stand, Pipeline.EXTRACTOR), ready(stand, Pipeline.LOADER));
    }

    private static Sample ready(Stand stand, String service) throws Exception {
        try (Pipeline pipeline = new Pipeline(stand, SHOP, COPY, List.of(Pipeline.orders(Orders.TABLE)))) {
            Meter meter = new Meter();
            pipeline.startOne(service, meter);
            Waiting.until(() -> pipeline.isReady(service), OFTEN, service + " is ready", LOGS);
            return meter.stop(service);
        }
    }
}
