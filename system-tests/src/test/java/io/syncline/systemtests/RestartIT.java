package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Services that are killed, stopped, and joined by others. */
class RestartIT {

    private static final int ROWS = 12_000;

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table big = table("big", "id").modifier("updated_at");

    /** Rows so old that no incremental pass reads one again. */
    private void createBig() throws Exception {
        scenario.source()
                .run(
                        """
                        CREATE TABLE big (
                          id INT PRIMARY KEY, filler VARCHAR(100) NOT NULL,
                          updated_at DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, KEY (updated_at))""",
                        "INSERT INTO big SELECT n, REPEAT(CHAR(65 + n % 26), 100), '2020-01-01' FROM "
                                + Sql.numbers(ROWS));
        scenario.set("FETCH_LIMIT", "50");
        scenario.sync(big);
    }

    private long published() {
        return scenario.topics().committed(scenario.topics().rows(big));
    }

    @Test
    void anExtractorKilledInTheFirstCopyGoesOnWhereItWas() throws Exception {
        createBig();
        Service extractor = scenario.extractor().awaitReady();
        scenario.eventually(
                "the copy is under way",
                () -> assertThat(extractor.status(big).path("rows").asLong()).isPositive());
        extractor.kill();
        long before = published();
        assertThat(before).isBetween(50L, ROWS - 50L);

        scenario.extractor();
        scenario.loader();
        scenario.awaitEqual();
        assertThat(published()).as("each row once").isEqualTo(ROWS);
    }

    @Test
    void anExtractorToldToStopInTheFirstCopyEndsInOrderAndGoesOnLater() throws Exception {
        createBig();
        Service extractor = scenario.extractor().awaitReady();
        scenario.eventually(
                "the copy is under way",
                () -> assertThat(extractor.status(big).path("rows").asLong()).isPositive());
        extractor.terminate();
        assertThat(published()).isBetween(50L, ROWS - 50L);

        Service loader = scenario.loader();
        scenario.extractor();
        scenario.awaitEqual();
        assertThat(published()).as("each row once").isEqualTo(ROWS);
        loader.terminate();
    }

    @Test
    void aLoaderKilledInTheFirstCopyGoesOnWhereItWas() throws Exception {
        createBig();
        scenario.extractor();
        Service loader = scenario.loader();
        scenario.eventually(
                "the copy has begun to arrive", () -> assertThat(sum(reached())).isPositive());
        loader.kill();
        Map<TopicPartition, Long> before = reached();
        assertThat(scenario.target().count("big")).isBetween(1L, ROWS - 1L);

        Service next = scenario.loader();
        scenario.awaitEqual();
        assertThat(next.status(big).path("rows").asLong())
                .as("rows that the second loader applied; the first had committed offsets " + before)
                .isLessThan(ROWS);
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    private Map<TopicPartition, Long> reached() throws Exception {
        return scenario.topics().reached(scenario.group(), big);
    }

    @Test
    void twoOfEachShareTheTablesAndSurviveTheLossOfOne() throws Exception {
        List<Table> tables = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Table each = table("shared_" + i, "id").modifier("updated_at");
            tables.add(i == 5 ? table(each.name(), "id") : each);
            scenario.source()
                    .run(
                            "CREATE TABLE " + each.name()
                                    + " (id INT PRIMARY KEY, v INT NOT NULL, updated_at TIMESTAMP(3)"
                                    + " DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), KEY (updated_at))",
                            "INSERT INTO " + each.name() + " (id, v) SELECT n, 0 FROM " + Sql.numbers(500));
        }
        scenario.sync(tables.toArray(Table[]::new));
        List<Service> extractors = List.of(scenario.extractor(), scenario.extractor());
        List<Service> loaders = List.of(scenario.loader(), scenario.loader());
        scenario.eventually("both of each have a share", () -> {
            assertThat(scenario.topics().shares(scenario.extractorGroup()))
                    .hasSize(2)
                    .doesNotContain(0);
            assertThat(scenario.topics().shares(scenario.group())).hasSize(2).doesNotContain(0);
            assertThat(owned(extractors.get(0), tables) + owned(extractors.get(1), tables))
                    .isEqualTo(tables.size());
        });
        scenario.awaitEqual();

        update(tables, 1);
        extractors.get(0).kill();
        loaders.get(1).kill();
        update(tables, 2);
        scenario.awaitEqual();
        scenario.eventually(
                "the survivor owns all",
                () -> assertThat(owned(extractors.get(1), tables)).isEqualTo(tables.size()));
    }

    private void update(List<Table> tables, int version) throws Exception {
        for (Table each : tables) {
            scenario.source().run("UPDATE " + each.name() + " SET v = " + version);
        }
    }

    private static long owned(Service extractor, List<Table> tables) {
        return tables.stream().filter(each -> owns(extractor, each)).count();
    }

    private static boolean owns(Service extractor, Table table) {
        try {
            String phase = extractor.status(table).path("phase").asText("");
            return !phase.isEmpty() && !phase.equals("not owned") && !phase.equals("waiting for its turn");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
