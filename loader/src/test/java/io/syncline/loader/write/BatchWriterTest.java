package io.syncline.loader.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.mysql.SqlFault;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.FakeServer;
import io.syncline.loader.SampleColumn;
import io.syncline.loader.SampleRows;
import io.syncline.loader.SampleTable;
import io.syncline.loader.target.AsideName;
import io.syncline.loader.target.FencedException;
import io.syncline.loader.target.PartitionFence;
import io.syncline.loader.target.SampleTarget;
import io.syncline.loader.target.TargetTable;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BatchWriterTest {

    private static final TopicPartition PARTITION = new TopicPartition("rows", 0);

    private final FakeServer server = new FakeServer();
    private final RowSchema users = SampleTable.users().rows();
    private final TargetTable table = SampleTarget.like(users).table();
    private final List<Reject> rejects = new ArrayList<>();
    private final PartitionFence fence = new PartitionFence("group");
    private final BatchWriter.Gate gate = connection -> fence.advance(connection, PARTITION, 5, 17);

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void theOffsetMovesInTheBatchsOwnTransaction() throws SQLException, InterruptedException {
        write(rows(3));

        assertThat(beginnings())
                .containsExactly("UPDATE `_syncline_partition`", "INSERT INTO `copy`.`users` (", "COMMIT");
        assertThat(server.log("UPDATE").get(0)).endsWith("[17, group, rows, 0, 5]");
        assertThat(rejects).isEmpty();
    }

    @Test
    void aBatchOfNothingMovesTheOffset() throws SQLException, InterruptedException {
        write(List.of());

        assertThat(beginnings()).containsExactly("UPDATE `_syncline_partition`", "COMMIT");
    }

    @Test
    void anEpochThatIsOverWritesNothing() {
        server.changes("UPDATE `_syncline_partition`", 0);

        assertThatThrownBy(() -> write(rows(3))).isInstanceOf(FencedException.class);
        assertThat(server.log("INSERT")).isEmpty();
        assertThat(server.log("COMMIT")).isEmpty();
        assertThat(server.log()).contains("ROLLBACK");
    }

    @Test
    void aRefusedRowIsFoundByHalvesAndTheOthersAreWritten() throws SQLException, InterruptedException {
        server.refuses("(5,'x'", "Data too long", "22001", 1406);

        write(rows(8));

        assertThat(rejects).extracting(reject -> reject.event().offset()).containsExactly(5L);
        assertThat(rejects.get(0).reason()).isEqualTo("Data too long (error 1406)");
        assertThat(server.log("INSERT")).hasSize(7);
        assertThat(server.log("ROLLBACK TO SAVEPOINT")).hasSize(4);
        assertThat(server.log("COMMIT")).hasSize(1);
    }

    @Test
    void aMalformedRowIsRejectedAndTheOthersAreWritten() throws SQLException, InterruptedException {
        List<RowEvent> rows = new ArrayList<>(rows(3));
        byte[] whole = rows.get(1).value();
        rows.set(
                1,
                new RowEvent(
                        SampleRows.event(PARTITION, 1, rows.get(1).key(), Arrays.copyOf(whole, whole.length - 1))));

        write(rows);

        assertThat(rejects).singleElement().satisfies(reject -> {
            assertThat(reject.event().offset()).isEqualTo(1);
            assertThat(reject.reason()).startsWith("malformed: ");
        });
        assertThat(server.log("COMMIT")).hasSize(1);
    }

    @Test
    void anErrorThatIsNoRowsIsNotBlamedOnOne() {
        server.refuses("INSERT", "Deadlock found", "40001", 1213);

        assertThatThrownBy(() -> write(rows(8))).hasMessage("Deadlock found");
        assertThat(server.log("INSERT")).hasSize(1);
        assertThat(server.log("COMMIT")).isEmpty();
        assertThat(rejects).isEmpty();
    }

    @Test
    void whatIsNotedOfRejectsBelongsToTheBatchsTransaction() throws SQLException, InterruptedException {
        server.refuses("(5,'x'", "Data too long", "22001", 1406);

        writer().write(table, rows(8), gate, (connection, refused) -> {
            assertThat(connection.getAutoCommit()).isFalse();
            try (var statement = connection.createStatement()) {
                statement.execute("a note of " + refused.size());
            }
        });

        assertThat(server.log("a note of 1")).hasSize(1);
        assertThat(server.log().indexOf("a note of 1")).isLessThan(server.log().indexOf("COMMIT"));
    }

    @Test
    void rejectsThatCannotBeSetAsideKeepTheBatchFromBeingCommitted() {
        server.refuses("(5,'x'", "Data too long", "22001", 1406);

        assertThatThrownBy(() -> writer().write(table, rows(8), gate, (connection, refused) -> {
                    throw new SQLException("lost");
                }))
                .hasMessage("lost");
        assertThat(server.log("COMMIT")).isEmpty();
        assertThat(server.log()).contains("ROLLBACK");
    }

    @Test
    void theTableForRowsInTheWayIsMadeWhenTheTransactionIsOverAndTheBatchWrittenAgain() {
        TargetTable unique = SampleTarget.like(users).unique("by_name", "name").table();
        String aside = AsideName.of("users");
        server.yields("SELECT 1 FROM `copy`.`_syncline_batch`", Map.of("1", 1));

        // this server does not make it, so that the second attempt meets the same
        assertThatThrownBy(
                        () -> writer().write(unique, rows(1), gate, (connection, refused) -> rejects.addAll(refused)))
                .isInstanceOf(AsideTableNeeded.class);

        assertThat(server.log("CREATE TEMPORARY TABLE")).hasSize(2);
        assertThat(server.log("COMMIT")).isEmpty();
        List<String> log = server.log();
        assertThat(log.subList(
                        log.indexOf("ROLLBACK"),
                        log.indexOf("RENAME TABLE `copy`.`" + aside + "_new` TO `copy`.`" + aside + "`")))
                .contains(
                        "CREATE TABLE `copy`.`" + aside + "_new` LIKE `copy`.`users`",
                        "ALTER TABLE `copy`.`" + aside + "_new` DROP INDEX `by_name`")
                .noneMatch(sql -> sql.contains("_syncline_batch"));
    }

    @Test
    void rowsInTheWayAreSetAsideBeforeTheBatchIsUpserted() throws SQLException, InterruptedException {
        TargetTable unique = SampleTarget.like(users).unique("by_name", "name").table();
        String aside = AsideName.of("users");
        server.yields(
                "FROM information_schema.COLUMNS\n" + aside,
                unique.description().columns().stream()
                        .map(column -> Map.<String, Object>of("1", column.name()))
                        .toList());

        writer().write(unique, rows(1), gate, (connection, refused) -> rejects.addAll(refused));

        String meets = "a.`name` = b.`name` AND NOT (a.`id` = b.`id`)";
        List<String> log = server.log();
        assertThat(log)
                .filteredOn(sql -> sql.startsWith("REPLACE INTO `copy`.`" + aside + "`"))
                .singleElement()
                .asString()
                .endsWith(meets);
        assertThat(log.indexOf("DELETE a FROM `copy`.`users` a JOIN `copy`.`_syncline_batch` b ON " + meets))
                .isPositive()
                .isLessThan(log.indexOf(server.log("INSERT INTO `copy`.`users`").get(0)));
        assertThat(log.indexOf("COMMIT"))
                .isGreaterThan(
                        log.indexOf(server.log("INSERT INTO `copy`.`users`").get(0)));
    }

    /** What another batch has written and not committed is seen by nobody, and could be in the way. */
    @Test
    void batchesOfATableWithUniqueIndexesAreWrittenOneAtATime() throws SQLException, InterruptedException {
        TargetTable unique = SampleTarget.like(users).unique("by_name", "name").table();

        writer().write(unique, rows(1), gate, (connection, refused) -> rejects.addAll(refused));

        assertThat(server.log().stream().map(sql -> sql.replaceAll("(?<=\\w_LOCK).*", "")))
                .filteredOn(sql -> sql.endsWith("_LOCK")
                        || sql.startsWith("UPDATE `_")
                        || sql.equals("COMMIT")
                        || sql.startsWith("CREATE"))
                .satisfiesExactly(
                        gate -> assertThat(gate).startsWith("UPDATE `_syncline_partition`"),
                        lock -> assertThat(lock).isEqualTo("SELECT GET_LOCK"),
                        batch -> assertThat(batch).startsWith("CREATE TEMPORARY TABLE"),
                        commit -> assertThat(commit).isEqualTo("COMMIT"),
                        free -> assertThat(free).isEqualTo("SELECT RELEASE_LOCK"));
    }

    @Test
    void aTurnThatDoesNotComeIsWaitedForOnceMore() {
        TargetTable unique = SampleTarget.like(users).unique("by_name", "name").table();
        server.yields("GET_LOCK", Map.of("1", 0));

        assertThatThrownBy(() -> writer().write(unique, rows(1), gate, (connection, refused) -> {}))
                .isInstanceOf(SQLTransientException.class)
                .hasMessage("another session has kept copy.users (rows) locked for 30 s");
        assertThat(server.log("COMMIT")).isEmpty();
    }

    @Test
    void whatTheTargetComputesForAUniqueIndexIsComputedForTheBatch() throws SQLException, InterruptedException {
        SampleTarget computed = SampleTarget.like(users)
                .add(SampleColumn.of("live", ColumnKind.TEXT)
                        .generated("name")
                        .definition("varchar(9) AS (`name`) STORED"));

        writer().write(computed.unique("by_live", "live").table(), rows(1), gate, (connection, refused) -> {});

        assertThat(server.log("CREATE TEMPORARY TABLE"))
                .singleElement()
                .asString()
                .startsWith("CREATE TEMPORARY TABLE `copy`.`_syncline_batch` (`live` varchar(9) AS (`name`) STORED)"
                        + " SELECT `id`, `name`, ");
        assertThat(server.log("SELECT 1 FROM `copy`.`_syncline_batch`"))
                .singleElement()
                .asString()
                .contains("a.`live` = b.`live`");
    }

    @Test
    void aNumberThatTheTargetCountsKeepsAnIndexInTheTableForRowsInTheWay() {
        TargetTable unique = SampleTarget.like(users)
                .add(SampleColumn.of("number", ColumnKind.INT).autoIncrement())
                .unique("by_name", "name")
                .table();
        server.yields("SELECT 1 FROM `copy`.`_syncline_batch`", Map.of("1", 1));

        assertThatThrownBy(() -> writer().write(unique, rows(1), gate, (connection, refused) -> {}))
                .isInstanceOf(AsideTableNeeded.class);

        assertThat(server.log("ALTER TABLE `copy`.`" + AsideName.of("users") + "_new`"))
                .singleElement()
                .asString()
                .endsWith("DROP INDEX `by_name`, ADD INDEX (`number`)");
    }

    @Test
    void aLogOfStatementsIsNoticedAndBatchesAreWrittenOneAtATime() throws SQLException, InterruptedException {
        server.refuses("INSERT INTO `copy`.`users`", "impossible to write to binary log", "HY000", 1665);
        BatchWriter writer = writer();
        assertThatThrownBy(() -> writer.write(table, rows(200), gate, (connection, refused) -> {}))
                .satisfies(e -> assertThat(SqlFault.of((SQLException) e)).isEqualTo(SqlFault.TRANSIENT));
        server.forget("INSERT INTO `copy`.`users`");
        server.clearLog();

        writer.write(table, rows(200), gate, (connection, refused) -> {});

        assertThat(beginnings())
                .containsExactly("UPDATE `_syncline_partition`", "INSERT INTO `copy`.`users` (", "COMMIT");
        assertThat(writer.mayOverlap(table, rows(200))).isFalse();
    }

    @Test
    void rowsBehindOthersAreWrittenBeforeTheGateIsAsked() throws SQLException, InterruptedException {
        writer().writeBehind(
                        table,
                        rows(200),
                        () -> server.log().forEach(sql -> assertThat(sql).startsWith("SET")),
                        gate);

        assertThat(beginnings())
                .containsExactly(
                        "SET TRANSACTION ISOLATION LE",
                        "INSERT INTO `copy`.`users` (",
                        "UPDATE `_syncline_partition`",
                        "COMMIT");
    }

    @Test
    void aRefusedRowBehindOthersTakesAllOfItsBatchBack() {
        server.refuses("(5,'x'", "Data too long", "22001", 1406);

        assertThatThrownBy(() -> writer().writeBehind(table, rows(200), () -> {}, gate))
                .hasMessage("Data too long");

        assertThat(server.log("UPDATE")).isEmpty();
        assertThat(server.log("COMMIT")).isEmpty();
        assertThat(server.log()).contains("ROLLBACK");
    }

    @Test
    void manyRowsLockNoGapsBetweenThem() throws SQLException, InterruptedException {
        write(rows(200));

        assertThat(beginnings())
                .containsExactly(
                        "SET TRANSACTION ISOLATION LE",
                        "UPDATE `_syncline_partition`",
                        "INSERT INTO `copy`.`users` (",
                        "COMMIT");
    }

    private BatchWriter writer() {
        return new BatchWriter(server.database(), new WriterChoice(false, true), new MemoryBudget(1 << 20));
    }

    private void write(List<RowEvent> rows) throws SQLException, InterruptedException {
        writer().write(table, rows, gate, (connection, refused) -> rejects.addAll(refused));
    }

    private List<String> beginnings() {
        return server.log().stream()
                .map(sql -> sql.substring(0, Math.min(28, sql.length())))
                .toList();
    }

    private List<RowEvent> rows(int count) {
        SampleRows rows = SampleRows.of(users, PARTITION);
        return IntStream.range(0, count)
                .mapToObj(i -> new RowEvent(rows.at(i, i, "x")))
                .toList();
    }
}
