package io.syncline.systemtests;

import static io.syncline.systemtests.faults.StopPoint.before;
import static io.syncline.systemtests.faults.StopPoint.behind;
import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.systemtests.faults.HeldService;
import io.syncline.systemtests.faults.NothingLeft;
import io.syncline.systemtests.faults.PublishedOnce;
import io.syncline.systemtests.faults.StopPoint;
import io.syncline.systemtests.pipeline.Database;
import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Services that are killed exactly between two steps of theirs, and what their successors make of it. */
class StopPointsIT {

    private static final String LANE = "io.syncline.loader.consume.Lane";
    private static final String IN_FLIGHT = "io.syncline.loader.consume.InFlight";
    private static final String BATCH_WRITER = "io.syncline.loader.write.BatchWriter";
    private static final String TARGET_TABLES = "io.syncline.loader.target.TargetTables";
    private static final String REFRESHES = "io.syncline.loader.refresh.Refreshes";
    private static final String TABLE_PUBLISHER = "io.syncline.extractor.publish.TablePublisher";
    private static final String KAFKA_PRODUCER = "org.apache.kafka.clients.producer.KafkaProducer";
    private static final String TABLE_OPENING = "io.syncline.extractor.table.TableOpening";
    private static final String TABLE_TASK = "io.syncline.extractor.table.TableTask";
    private static final String FIRST_COPY = "io.syncline.extractor.table.FirstCopy";
    private static final String INCREMENTAL_PASS = "io.syncline.extractor.table.IncrementalPass";
    private static final String FULL_REFRESH = "io.syncline.extractor.table.FullRefresh";

    private static final String GOODS = """
            CREATE TABLE goods (
              id INT PRIMARY KEY, version INT NOT NULL,
              updated_at DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, KEY (updated_at))""";

    /** No multiple of a page, so that a copy's last page is not an empty one. */
    private static final int ROWS = 170;

    private static final int PAGE = 50;
    private static final int PARTITIONS = 4;

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table goods = table("goods", "id").modifier("updated_at");
    private final Table prices = table("prices", "id");

    /** Rows so old that no incremental pass reads one again. */
    private void createGoods() throws Exception {
        scenario.source().run(GOODS, "INSERT INTO goods SELECT n, 1, '2020-01-01' FROM " + Sql.numbers(ROWS));
        sync(goods);
    }

    private void createPrices() throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE prices (id INT PRIMARY KEY, version INT NOT NULL)",
                        "INSERT INTO prices SELECT n, 1 FROM " + Sql.numbers(ROWS));
        sync(prices);
    }

    private void sync(Table table) throws Exception {
        scenario.set("FETCH_LIMIT", Integer.toString(PAGE));
        scenario.set("TOPIC_PARTITIONS", Integer.toString(PARTITIONS));
        // those that are killed are missed sooner
        scenario.set("KAFKA_SESSION_TIMEOUT_MS", "2000");
        scenario.set("KAFKA_HEARTBEAT_INTERVAL_MS", "500");
        scenario.sync(table);
    }

    private HeldService extractorAt(StopPoint point) throws Exception {
        return HeldService.at(point, scenario, scenario::extractor);
    }

    private HeldService loaderAt(StopPoint point) throws Exception {
        return HeldService.at(point, scenario, scenario::loader);
    }

    /** Has both sides equal, and no extractor. */
    private void settleWithoutExtractor() {
        Service extractor = scenario.extractor();
        scenario.loader();
        scenario.awaitEqual();
        extractor.terminate();
    }

    /** Has both sides equal, and no loader. */
    private void settleWithoutLoader() {
        scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        loader.terminate();
    }

    private long published(Table table) {
        return scenario.topics().committed(scenario.topics().rows(table));
    }

    private long atTarget(String table, int version) throws Exception {
        return scenario.target().number("SELECT COUNT(*) FROM " + Sql.name(table) + " WHERE version = " + version);
    }

    private List<String> tablesAtTarget(String prefix) throws Exception {
        return scenario.target().values("SHOW TABLES").stream()
                .map(String::valueOf)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    private void assertEachOnceAndNothingLeft(Table table) {
        scenario.eventually(
                "nothing is left",
                () -> assertThat(NothingLeft.violations(scenario.source(), scenario.target(), scenario.topics()))
                        .isEmpty());
        try (PublishedOnce published = new PublishedOnce(scenario.topics(), List.of(table))) {
            assertThat(published.violations()).isEmpty();
        }
    }

    @Test
    void aPointThatTheCodeDoesNotHaveIsAFailureAtOnce() {
        assertThatThrownBy(() -> loaderAt(before(LANE + "s", "done")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a class that");
        assertThatThrownBy(() -> loaderAt(before(LANE, "finished"))).hasMessageContaining(LANE + ".finished");
        assertThatThrownBy(() -> loaderAt(before(LANE, "done").from("walk"))).hasMessageContaining(LANE + ".walk");
    }

    @Test
    void aLoaderKilledBetweenTheTargetsCommitAndKafkasGoesOnWhereTheTargetIs() throws Exception {
        createGoods();
        scenario.set("TOPIC_PARTITIONS", "1");
        scenario.extractor();
        long applied;
        try (HeldService held = loaderAt(before(LANE, "done").from("apply"))) {
            applied = scenario.target().count("goods");
            assertThat(applied).isPositive();
            assertThat(offsetAtTarget()).isPositive();
            assertThat(scenario.topics().reached(scenario.group(), goods).values())
                    .as("offsets that Kafka has")
                    .containsExactly(0L);
        }
        scenario.source().run("UPDATE goods SET version = 2 WHERE id <= 100");

        Service next = scenario.loader();
        scenario.awaitEqual();
        scenario.eventually(
                "what was applied is not applied again",
                () -> assertThat(next.status(goods).path("rows").asLong()).isEqualTo(published(goods) - applied));
        assertEachOnceAndNothingLeft(goods);
    }

    private long offsetAtTarget() throws Exception {
        return scenario.target().number("SELECT SUM(next_offset) FROM _syncline_partition");
    }

    @Test
    void aLoaderKilledInABatchsTransactionLeavesNothingOfIt() throws Exception {
        createGoods();
        scenario.set("TOPIC_PARTITIONS", "1");
        scenario.extractor();
        try (HeldService held = loaderAt(behind(BATCH_WRITER, "write").from("writeInTurn"))) {
            assertThat(uncommittedAtTarget("goods")).isPositive();
            assertThat(scenario.target().count("goods")).isZero();
        }
        scenario.eventually(
                "the target takes it back",
                () -> assertThat(uncommittedAtTarget("goods")).isZero());
        assertThat(offsetAtTarget()).isZero();

        Service next = scenario.loader();
        scenario.awaitEqual();
        scenario.eventually(
                "each row is applied by the second loader",
                () -> assertThat(next.status(goods).path("rows").asLong()).isEqualTo(ROWS));
        assertEachOnceAndNothingLeft(goods);
    }

    private long uncommittedAtTarget(String table) throws Exception {
        try (Connection connection = scenario.target().connect()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
            return Long.parseLong(String.valueOf(Database.rows(connection, "SELECT COUNT(*) FROM " + Sql.name(table))
                    .get(0)
                    .get(0)));
        }
    }

    @Test
    void aLoaderKilledWithABatchWrittenBehindAnotherLeavesNothingOfIt() throws Exception {
        Table papers = table("papers", "id").modifier("updated_at");
        int many = 5_000;
        scenario.source()
                .run(
                        GOODS.replace("goods", "papers")
                                .replace("version INT NOT NULL", "version INT NOT NULL, body TEXT NOT NULL"),
                        // 20 MB, of which 8 are a batch
                        "INSERT INTO papers SELECT n, 1, REPEAT('x', 4000), '2020-01-01' FROM " + Sql.numbers(many));
        sync(papers);
        scenario.set("FETCH_LIMIT", "1000");
        scenario.set("TOPIC_PARTITIONS", "1");
        Service extractor = scenario.extractor();
        scenario.eventually(
                "all is published", () -> assertThat(published(papers)).isEqualTo(many));
        extractor.terminate();
        try (HeldService held = loaderAt(before(IN_FLIGHT, "awaitCommit"))) {
            assertThat(uncommittedAtTarget("papers"))
                    .isGreaterThan(scenario.target().count("papers"));
        }
        scenario.eventually(
                "the target takes it back",
                () -> assertThat(uncommittedAtTarget("papers"))
                        .isEqualTo(scenario.target().count("papers")));
        long applied = scenario.target().count("papers");
        assertThat(applied).isLessThan(many);

        Service next = scenario.loader();
        scenario.extractor();
        scenario.awaitEqual();
        scenario.eventually(
                "what was committed is not applied again",
                () -> assertThat(next.status(papers).path("rows").asLong()).isEqualTo(many - applied));
        assertEachOnceAndNothingLeft(papers);
    }

    @Test
    void aLoaderKilledBetweenAnAlterAndTheBatchThatNeedsItIsNotInItsSuccessorsWay() throws Exception {
        createGoods();
        settleWithoutLoader();
        scenario.source().run("ALTER TABLE goods ADD COLUMN note VARCHAR(20) NOT NULL DEFAULT 'none'");
        // what the column holds at first would be copied anew
        scenario.eventually(
                "the column is published", () -> assertThat(versions()).isEqualTo(2));
        scenario.source().run("UPDATE goods SET note = 'new', version = 2 WHERE id <= 20");
        try (HeldService held = loaderAt(behind(TARGET_TABLES, "alter").from("bringUp"))) {
            assertThat(scenario.target().values("SHOW COLUMNS FROM goods")).contains("note");
            assertThat(atTarget("goods", 2)).isZero();
        }

        Service next = scenario.loader();
        scenario.awaitEqual();
        assertThat(atTarget("goods", 2)).isEqualTo(20);
        assertThat(next.output()).as("what the second loader did").doesNotContain("altered table=goods");
        assertEachOnceAndNothingLeft(goods);
    }

    @Test
    void aLoaderKilledJustBeforeASwapHasTheSameGenerationSwappedInByItsSuccessor() throws Exception {
        createPrices();
        settleWithoutLoader();
        long before = published(prices);
        try (GenerationReader reader = GenerationReader.of(scenario.target(), "prices")) {
            scenario.source().run("UPDATE prices SET version = 2");
            try (HeldService held = loaderAt(before(REFRESHES, "execute").from("swap"))) {
                assertThat(atTarget("prices", 1)).isEqualTo(ROWS);
                assertThat(tablesAtTarget("_syncline_stage_"))
                        .singleElement()
                        .satisfies(staging -> assertThat(atTarget(staging, 2)).isEqualTo(ROWS));
            }
            Service next = scenario.loader();
            scenario.awaitEqual();
            assertEachOnceAndNothingLeft(prices);
            assertThat(next.output()).contains("refreshed table=prices");
            assertWholeOnly(reader);
        }
        assertThat(published(prices)).as("one more generation").isEqualTo(before + ROWS + 2 * PARTITIONS);
    }

    @Test
    void aLoaderKilledBehindASwapHasItsSuccessorClearUpWhatIsLeft() throws Exception {
        createPrices();
        settleWithoutLoader();
        try (GenerationReader reader = GenerationReader.of(scenario.target(), "prices")) {
            scenario.source().run("UPDATE prices SET version = 2");
            try (HeldService held = loaderAt(behind(REFRESHES, "execute").from("swap"))) {
                assertThat(atTarget("prices", 2)).isEqualTo(ROWS);
                assertThat(tablesAtTarget("_syncline_stage_")).isEmpty();
                assertThat(tablesAtTarget("_syncline_old_"))
                        .singleElement()
                        .satisfies(old -> assertThat(atTarget(old, 1)).isEqualTo(ROWS));
                assertThat(scenario.target().count("_syncline_refresh")).isEqualTo(PARTITIONS);
            }
            Service next = scenario.loader();
            assertEachOnceAndNothingLeft(prices);
            scenario.awaitEqual();
            assertThat(next.output()).doesNotContain("refreshed table=prices");

            scenario.source().run("UPDATE prices SET version = 3");
            scenario.awaitEqual();
            assertWholeOnly(reader);
        }
        assertEachOnceAndNothingLeft(prices);
    }

    private static void assertWholeOnly(GenerationReader reader) throws Exception {
        assertThat(reader.stop()).as("rows and versions seen").containsExactly(ROWS + " rows, 1 version");
    }

    @Test
    void anExtractorKilledBetweenTwoPagesOfAFirstCopyGoesOnBehindTheFirst() throws Exception {
        createGoods();
        try (HeldService held = extractorAt(before(FIRST_COPY, "page").turn(3))) {
            assertThat(published(goods)).isEqualTo(2 * PAGE);
            assertThat(scenario.topics().open(goods)).isZero();
        }
        scenario.run();
        scenario.awaitEqual();
        assertThat(published(goods)).as("each row once").isEqualTo(ROWS);
        assertEachOnceAndNothingLeft(goods);
    }

    @Test
    void anExtractorKilledBeforeItsTransactionHasTheWatermarkLeavesNothingThatReadersSee() throws Exception {
        // twice for the schema
        killInFirstPagesTransaction(
                behind(TABLE_PUBLISHER, "flush").from("commit").turn(3));
    }

    @Test
    void anExtractorKilledBeforeItsTransactionIsCommittedLeavesNothingThatReadersSee() throws Exception {
        killInFirstPagesTransaction(before(KAFKA_PRODUCER, "commitTransaction").turn(2));
    }

    private void killInFirstPagesTransaction(StopPoint point) throws Exception {
        createGoods();
        try (HeldService held = extractorAt(point)) {
            assertThat(scenario.topics().open(goods)).as("rows in Kafka").isEqualTo(PAGE);
            assertThat(published(goods)).as("rows to be seen").isZero();
            assertThat(scenario.topics().openTransactions()).hasSize(1);
        }
        scenario.run();
        scenario.awaitEqual();
        assertThat(published(goods)).as("each row once").isEqualTo(ROWS);
        assertEachOnceAndNothingLeft(goods);
    }

    @Test
    void anExtractorKilledBeforeItKnowsThatATransactionIsCommittedPublishesNoneOfItAgain() throws Exception {
        createGoods();
        try (HeldService held =
                extractorAt(behind(KAFKA_PRODUCER, "commitTransaction").turn(2))) {
            scenario.eventually(
                    "the page is to be seen", () -> assertThat(published(goods)).isEqualTo(PAGE));
        }
        scenario.run();
        scenario.awaitEqual();
        assertThat(published(goods)).as("each row once").isEqualTo(ROWS);
        assertEachOnceAndNothingLeft(goods);
    }

    @Test
    void anExtractorKilledBetweenFirstCopyAndPassesMissesNothingThatChangedMeanwhile() throws Exception {
        createGoods();
        try (HeldService held = extractorAt(before(TABLE_TASK, "after").from("page"))) {
            assertThat(published(goods)).isEqualTo(ROWS);
            scenario.source().run("UPDATE goods SET version = 2 WHERE id <= 30");
        }
        scenario.source().run("INSERT INTO goods (id, version) VALUES (1001, 1), (1002, 1)");
        Service next = scenario.extractor();
        scenario.loader();
        scenario.awaitEqual();
        assertThat(published(goods)).as("each change once").isEqualTo(ROWS + 30 + 2);
        assertThat(next.output()).doesNotContain("first copy");
        assertEachOnceAndNothingLeft(goods);
    }

    /** Passes that find nothing move the watermark on, too, though they commit none. */
    @Test
    void anExtractorKilledWithinAPassPublishesNothingAgainThatItHadLeftBehind() throws Exception {
        createGoods();
        scenario.source().run("CREATE TABLE other (id INT PRIMARY KEY)");
        scenario.loader();
        CompletableFuture<Service> started = new CompletableFuture<>();
        CompletableFuture<?> changes = CompletableFuture.runAsync(() -> {
            try {
                changeBesideALongTransaction(started.get());
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
        Supplier<Service> start = () -> {
            Service extractor = scenario.extractor();
            started.complete(extractor);
            return extractor;
        };
        // both of the pages that are full, so that nothing is left to be read
        StopPoint point = behind(INCREMENTAL_PASS, "commit").from("page").turn(2);
        try (HeldService held = HeldService.at(point, scenario, start)) {
            changes.get();
            assertThat(published(goods)).isEqualTo(ROWS + 31 + 2 * PAGE - 1);
        }
        Service next = scenario.extractor();
        scenario.awaitEqual();
        scenario.awaitPasses(next, goods, 3);
        assertThat(published(goods)).as("each change once").isEqualTo(ROWS + 31 + 2 * PAGE - 1);
        assertEachOnceAndNothingLeft(goods);
    }

    /** While the transaction is open the watermark stays below all that is published; behind it, it moves up to the last row. */
    private void changeBesideALongTransaction(Service extractor) throws Exception {
        try (Connection open = scenario.source().connect();
                Connection source = scenario.source().connect()) {
            open.setAutoCommit(false);
            Database.run(open, "INSERT INTO other VALUES (1)");
            Database.run(source, "SET @began = UTC_TIMESTAMP()");
            scenario.eventually(
                    "it is old",
                    () -> assertThat(Database.rows(source, "SELECT TIMESTAMPDIFF(SECOND, @began, UTC_TIMESTAMP()) > 8"))
                            .containsExactly(List.of("1")));
            Database.run(
                    source,
                    "UPDATE goods SET version = 2, updated_at = NOW() - INTERVAL 5 SECOND WHERE id <= 30",
                    "UPDATE goods SET version = 2, updated_at = NOW() WHERE id = 31");
            scenario.awaitEqual();
            open.rollback();
            scenario.awaitPasses(extractor, goods, 3);
            Database.run(source, "UPDATE goods SET version = 3, updated_at = NOW() WHERE id BETWEEN 32 AND 130");
        }
    }

    @Test
    void anExtractorKilledBetweenASchemaAndItsFirstRowCopiesTheFilledColumnLater() throws Exception {
        createGoods();
        settleWithoutExtractor();
        scenario.source()
                .run(
                        "ALTER TABLE goods ADD COLUMN note VARCHAR(20) NULL",
                        // the modifier stays, so that only a whole copy finds what the column holds
                        "UPDATE goods SET note = 'filled', version = 2, updated_at = updated_at");
        try (HeldService held = extractorAt(behind(TABLE_OPENING, "publishSchema"))) {
            assertThat(published(goods)).isEqualTo(ROWS);
            assertThat(versions()).isEqualTo(2);
            scenario.eventually(
                    "the column comes before any row of it",
                    () -> assertThat(scenario.target().values("SHOW COLUMNS FROM goods"))
                            .contains("note"));
            assertThat(atTarget("goods", 1)).isEqualTo(ROWS);
        }
        scenario.extractor();
        scenario.awaitEqual();
        assertThat(published(goods)).as("the copy and the one before").isEqualTo(2 * ROWS);
        assertThat(versions()).as("each version once").isEqualTo(2);
        assertEachOnceAndNothingLeft(goods);
    }

    private long versions() {
        return scenario.topics().committed(scenario.topics().schemas());
    }

    @Test
    void anExtractorKilledBetweenAGenerationsMarkersHasItsSuccessorPublishAWholeOne() throws Exception {
        createPrices();
        settleWithoutExtractor();
        long before = published(prices);
        long cutOff = PARTITIONS + 2 * PAGE;
        try (GenerationReader reader = GenerationReader.of(scenario.target(), "prices")) {
            scenario.source().run("UPDATE prices SET version = 2");
            try (HeldService held = extractorAt(before(FULL_REFRESH, "publish").turn(2 * PAGE + 10))) {
                assertThat(published(prices)).isEqualTo(before + cutOff);
                scenario.eventually(
                        "the generation is under way at the target",
                        () -> assertThat(scenario.target().count("_syncline_refresh"))
                                .isEqualTo(PARTITIONS));
                assertThat(atTarget("prices", 1)).isEqualTo(ROWS);
            }
            scenario.source().run("UPDATE prices SET version = 3");
            scenario.extractor();
            scenario.awaitEqual();
            assertWholeOnly(reader);
        }
        assertThat(published(prices))
                .as("a part of one generation, and a whole one")
                .isEqualTo(before + cutOff + ROWS + 2 * PARTITIONS);
        assertEachOnceAndNothingLeft(prices);
    }

    @Test
    void aLoaderKilledBeforeItMakesALostTableOnceMoreHasItsSuccessorApplyAll() throws Exception {
        assertALostTableComesBack(before(TARGET_TABLES, "create"), 0);
    }

    @Test
    void aLoaderKilledBehindALostTableThatItMadeOnceMoreHasItsSuccessorApplyAll() throws Exception {
        assertALostTableComesBack(behind(TARGET_TABLES, "create").from("prepare"), 1);
    }

    private void assertALostTableComesBack(StopPoint point, int tables) throws Exception {
        createGoods();
        settleWithoutLoader();
        assertThat(offsetAtTarget()).isPositive();
        scenario.target().run("DROP TABLE goods");
        try (HeldService held = loaderAt(point)) {
            assertThat(tablesAtTarget("goods")).hasSize(tables);
            assertThat(offsetAtTarget()).isZero();
        }
        scenario.loader();
        scenario.awaitEqual();
        assertEachOnceAndNothingLeft(goods);
    }

    private List<?> indexed(String table) throws Exception {
        return scenario.target()
                .values("SELECT INDEX_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND"
                        + " TABLE_NAME = '" + table + "' AND COLUMN_NAME = 'version'");
    }

    @Test
    void loadersKilledBeforeAndBehindTheAddingOfIndexesHaveThemAddedOnce() throws Exception {
        createGoods();
        scenario.source().run("ALTER TABLE goods ADD KEY versions (version)");
        scenario.extractor();
        try (HeldService held = loaderAt(before(TARGET_TABLES, "addIndexes"))) {
            assertThat(scenario.target().count("goods")).isEqualTo(ROWS);
            assertThat(indexed("goods")).isEmpty();
            assertThat(scenario.target().count("_syncline_index")).isEqualTo(1);
        }
        try (HeldService held = loaderAt(behind(TARGET_TABLES, "alter").from("addIndexes"))) {
            assertThat(indexed("goods")).hasSize(1);
            assertThat(scenario.target().count("_syncline_index")).isEqualTo(1);
        }
        Service last = scenario.loader();
        assertEachOnceAndNothingLeft(goods);
        assertThat(indexed("goods")).hasSize(1);
        assertThat(last.output()).doesNotContain("altered table=goods");
        scenario.awaitEqual();
    }

    @Test
    void aLoaderKilledBehindTheIndexesOfARefreshHasItSwappedInByItsSuccessor() throws Exception {
        createPrices();
        scenario.source().run("ALTER TABLE prices ADD KEY versions (version)");
        settleWithoutLoader();
        assertThat(indexed("prices")).hasSize(1);
        scenario.source().run("UPDATE prices SET version = 2");
        try (HeldService held = loaderAt(before(REFRESHES, "alter").from("complete"))) {
            String staging = tablesAtTarget("_syncline_stage_").get(0);
            assertThat(atTarget(staging, 2)).isEqualTo(ROWS);
            assertThat(indexed(staging)).isEmpty();
        }
        try (HeldService held = loaderAt(behind(REFRESHES, "alter").from("complete"))) {
            String staging = tablesAtTarget("_syncline_stage_").get(0);
            assertThat(indexed(staging)).hasSize(1);
            assertThat(atTarget("prices", 1)).isEqualTo(ROWS);
        }
        scenario.loader();
        assertEachOnceAndNothingLeft(prices);
        scenario.awaitEqual();
        assertThat(indexed("prices")).hasSize(1);
    }

    @Test
    void aGenerationThatCompactionTookRowsFromWhileItsLoaderWasDeadIsNotSwappedIn() throws Exception {
        publishUnread();
        try (HeldService held = loaderAt(behind(REFRESHES, "makeStaging").turn(PARTITIONS))) {
            assertThat(tablesAtTarget("_syncline_stage_")).hasSize(1);
            assertThat(scenario.target().count("_syncline_refresh")).isEqualTo(PARTITIONS);
        }
        compact();
        assertThat(assertOnlyWholeOnesAreSeen().output()).contains("the target keeps what it has");
    }

    @Test
    void aGenerationThatCompactionTookRowsFromBeforeAnyLoaderReadItIsPassedOver() throws Exception {
        publishUnread();
        compact();
        assertOnlyWholeOnesAreSeen();
    }

    /** A whole generation of version 2 behind the loaders' back, and no service any more. */
    private void publishUnread() throws Exception {
        createPrices();
        Service extractor = scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        loader.terminate();
        long before = published(prices);
        scenario.source().run("UPDATE prices SET version = 2");
        scenario.eventually(
                "a whole generation", () -> assertThat(published(prices)).isEqualTo(before + ROWS + 2 * PARTITIONS));
        extractor.terminate();
    }

    /** Rows of a generation that is cut off take the place of rows of the whole one, in every partition. */
    private void compact() throws Exception {
        scenario.topics().compactSoon(scenario.topics().rows(prices));
        scenario.source().run("UPDATE prices SET version = 3");
        extractorAt(before(FULL_REFRESH, "publish").turn(2 * PAGE + 10)).close();
        scenario.eventually(
                "hardly a key has two records in any partition",
                () -> assertThat(published(prices)).isLessThan(ROWS + 2 * PARTITIONS + PAGE / 2));
    }

    private Service assertOnlyWholeOnesAreSeen() throws Exception {
        try (GenerationReader reader = GenerationReader.of(scenario.target(), "prices")) {
            Service next = scenario.loader();
            scenario.eventually("all that there is has been read", () -> {
                assertThat(next.status(prices).path("rows").asLong()).isGreaterThanOrEqualTo(2L * PAGE);
                assertThat(next.status(prices).path("lag").asDouble()).isZero();
            });
            assertThat(atTarget("prices", 1)).isEqualTo(ROWS);

            scenario.extractor();
            scenario.awaitEqual();
            assertWholeOnly(reader);
            scenario.eventually(
                    "nothing is left",
                    () -> assertThat(NothingLeft.violations(scenario.source(), scenario.target(), scenario.topics()))
                            .isEmpty());
            return next;
        }
    }
}
