package io.syncline.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.faults.Fault.Kind;
import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Table;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything breaks while everybody writes: two extractors and two loaders, the broker, the source and the target are killed and
 * paused, and their links cut, as a seed draws it. {@code -Dfaults.rounds=N} runs for as long as one likes, {@code -Dfaults.seed=S}
 * draws the faults of a former run again; what happens between them is the machine's own.
 */
@Tag(Servers.TAG)
class FaultsIT {

    private static final Logger LOG = LoggerFactory.getLogger(FaultsIT.class);
    private static final int ROUNDS = Integer.getInteger("faults.rounds", 3);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    private static final Servers SERVERS = Servers.start();

    @RegisterExtension
    final Scenario scenario = new Scenario(() -> SERVERS);

    private final Map<String, Victim> processes = new LinkedHashMap<>();
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

    @Test
    void whateverBreaksBothSidesAreEqualAndNothingIsDoneTwice() throws Exception {
        LOG.info("faults.rounds={} faults.seed={}", ROUNDS, SEED);
        long began = System.nanoTime();
        configure();
        try (Writers writers = Writers.create(scenario.source(), SEED);
                VersionsOnlyGrow versions = VersionsOnlyGrow.watch(scenario.target(), Writers.TABLES)) {
            startServices();
            FaultPlan plan = new FaultPlan(SEED, List.copyOf(processes.keySet()), SERVERS.links());
            Round round = new Round(SERVERS, processes);
            for (int count = 1; count <= ROUNDS; count++) {
                List<Fault> faults = plan.next();
                faults.forEach(fault -> counts.merge(fault.kind(), 1, Integer::sum));
                LOG.info("round {}: {}", count, faults);
                round.run(faults);
                writers.rest();
                check(count, versions);
                writers.goOn();
            }
            LOG.info(
                    "seed {}: {} rounds in {} s, {}, {} transactions, {} looks at the target",
                    SEED,
                    ROUNDS,
                    Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                    counts,
                    writers.transactions(),
                    versions.looks());
        }
    }

    private void configure() throws Exception {
        scenario.sync(Writers.TABLES.toArray(Table[]::new));
        scenario.patience(Duration.ofMinutes(2));
        scenario.set("FETCH_LIMIT", "50");
        scenario.set("KAFKA_SESSION_TIMEOUT_MS", "3000");
        scenario.set("KAFKA_HEARTBEAT_INTERVAL_MS", "500");
        scenario.set("KAFKA_REQUEST_TIMEOUT_MS", "3000");
        scenario.set("KAFKA_DELIVERY_TIMEOUT_MS", "5000");
        scenario.set("KAFKA_MAX_BLOCK_MS", "5000");
        scenario.set("KAFKA_DEFAULT_API_TIMEOUT_MS", "5000");
        scenario.set("KAFKA_TRANSACTION_TIMEOUT_MS", "8000");
        scenario.set("KAFKA_METADATA_MAX_AGE_MS", "3000");
    }

    private void startServices() {
        for (int place = 0; place < Servers.PLACES; place++) {
            int at = place;
            add(new ServiceVictim("extractor " + place, () -> start(at, true)));
            add(new ServiceVictim("loader " + place, () -> start(at, false)));
        }
        SERVERS.processes().forEach(this::add);
    }

    private void add(Victim victim) {
        processes.put(victim.name(), victim);
    }

    private Service start(int place, boolean extracts) {
        scenario.set("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + SERVERS.port(place, "kafka"));
        scenario.set("SOURCE_DB_PORT", Integer.toString(SERVERS.port(place, "source")));
        scenario.set("TARGET_DB_PORT", Integer.toString(SERVERS.port(place, "target")));
        return extracts ? scenario.extractor() : scenario.loader();
    }

    private void check(int round, VersionsOnlyGrow versions) throws Exception {
        scenario.awaitEqual();
        scenario.eventually(
                "nothing is left",
                () -> assertThat(NothingLeft.violations(scenario.source(), scenario.target(), scenario.topics()))
                        .as("leftovers of round %s, seed %s", round, SEED)
                        .isEmpty());
        scenario.awaitEqual();
        assertThat(versions.violations())
                .as("rows that went back at the target until round %s, seed %s", round, SEED)
                .isEmpty();
        try (PublishedOnce published = new PublishedOnce(scenario.topics(), Writers.TABLES)) {
            assertThat(published.violations())
                    .as("what was published twice or out of order until round %s, seed %s", round, SEED)
                    .isEmpty();
            LOG.info("round {}: {} rows published so far", round, published.rows());
        }
    }

    @AfterEach
    void letAllGoOn() {
        processes.values().forEach(Victim::resume);
    }

    @AfterAll
    static void stopServers() {
        SERVERS.close();
    }
}
