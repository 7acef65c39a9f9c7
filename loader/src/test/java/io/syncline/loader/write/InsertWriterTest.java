package io.syncline.loader.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.row.MalformedRowException;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.FakeServer;
import io.syncline.loader.SampleColumn;
import io.syncline.loader.SampleRows;
import io.syncline.loader.SampleTable;
import io.syncline.loader.target.SampleTarget;
import io.syncline.loader.target.TargetTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class InsertWriterTest {

    private static final int LARGE = (1 << 20) + 1;

    private final FakeServer server = new FakeServer();
    private final RowSchema users = SampleTable.users().rows();
    private final SampleRows rows = SampleRows.of(users);

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void rowsAreUpsertedByOneStatement() throws SQLException {
        RowEvent ada = new RowEvent(rows.at(0, 7, "Ada"));
        RowEvent nobody = new RowEvent(rows.at(1, 8, null));

        write(SampleTarget.like(users).table(), List.of(ada, nobody));

        assertThat(server.log())
                .containsExactly("INSERT INTO `copy`.`users` (`id`, `name`, `_dlt_load_id`, `_dlt_id`) VALUES"
                        + " (7,'Ada','1700000000.1234567','" + id(ada) + "'),(8,NULL,'1700000000.1234567','"
                        + id(nobody) + "') ON DUPLICATE KEY UPDATE `id` = VALUES(`id`), `name` = VALUES(`name`),"
                        + " `_dlt_load_id` = VALUES(`_dlt_load_id`), `_dlt_id` = VALUES(`_dlt_id`)");
    }

    @Test
    void noRowsAreNoStatement() throws SQLException {
        write(SampleTarget.like(users).table(), List.of());

        assertThat(server.log()).isEmpty();
    }

    @Test
    void statementsHoldTwoThousandRowsAtMost() throws SQLException {
        write(
                SampleTarget.like(users).table(),
                IntStream.range(0, 4_001)
                        .mapToObj(i -> new RowEvent(rows.at(i, i, "x")))
                        .toList());

        assertThat(server.log()).hasSize(3).allMatch(sql -> sql.startsWith("INSERT INTO `copy`.`users` ("));
        assertThat(server.log()).extracting(InsertWriterTest::countOfRows).containsExactly(2_000, 2_000, 1);
        assertThat(server.log().get(1)).contains("VALUES (2000,'x'").doesNotContain("(1999,");
    }

    @Test
    void statementsStayFarBelowAPacket() throws SQLException {
        String wide = "x".repeat(300_000);

        write(
                SampleTarget.like(users).table(),
                IntStream.range(0, 10)
                        .mapToObj(i -> new RowEvent(rows.at(i, i, wide)))
                        .toList());

        assertThat(server.log()).extracting(InsertWriterTest::countOfRows).containsExactly(4, 4, 2);
    }

    @Test
    void columnsThatOnlyTheTargetHasAreNamedOnlyWhereTheyMustBeGiven() throws SQLException {
        TargetTable table = SampleTarget.like(users)
                .add(SampleColumn.of("rank", ColumnKind.INT))
                .add(SampleColumn.of("mood", ColumnKind.ENUM).type("enum('it''s fine','bad')"))
                .add(SampleColumn.of("note", ColumnKind.TEXT).nullable())
                .add(SampleColumn.of("seen", ColumnKind.INT).byDefault("3"))
                .add(SampleColumn.of("twice", ColumnKind.INT).generated("`id` * 2"))
                .table();
        RowEvent ada = new RowEvent(rows.at(0, 7, "Ada"));

        write(table, List.of(ada));

        assertThat(server.log().get(0))
                .startsWith("INSERT INTO `copy`.`users` (`id`, `name`, `_dlt_load_id`, `_dlt_id`, `rank`, `mood`)")
                .contains("'" + id(ada) + "',0,'it''s fine') ON DUPLICATE KEY UPDATE")
                .doesNotContain("VALUES(`rank`)")
                .doesNotContain("note")
                .doesNotContain("seen")
                .doesNotContain("twice");
    }

    @Test
    void aTableOfNothingButItsKeyIsUpsertedToo() throws SQLException {
        RowSchema tags = SampleTable.named("ta`gs")
                .column("a", ColumnKind.INT)
                .column("b`c", ColumnKind.INT)
                .column("_dlt_id", ColumnKind.INT)
                .column("_dlt_load_id", ColumnKind.INT)
                .key("_dlt_id", "a", "b`c", "_dlt_load_id")
                .rows();
        RowEvent row = new RowEvent(SampleRows.event(
                new TopicPartition("rows", 0),
                0,
                SampleRows.of(tags).key(3, 1, 2, 4),
                SampleRows.of(tags).value(1, 2, 3, 4)));

        write(SampleTarget.like(tags).table(), List.of(row));

        assertThat(server.log())
                .containsExactly("INSERT INTO `copy`.`ta``gs` (`a`, `b``c`, `_dlt_id`, `_dlt_load_id`) VALUES"
                        + " (1,2,3,4) ON DUPLICATE KEY UPDATE `_dlt_id` = VALUES(`_dlt_id`), `a` = VALUES(`a`),"
                        + " `b``c` = VALUES(`b``c`), `_dlt_load_id` = VALUES(`_dlt_load_id`)");
    }

    @Test
    void intoAnotherTableRowsAreInsertedWithoutUpdates() throws SQLException {
        TargetTable table = SampleTarget.like(users).table();

        new InsertWriter(table, "`copy`.`aside`", false)
                .write(server.connect(), List.of(new RowEvent(rows.at(0, 7, "Ada"))));

        assertThat(server.log().get(0))
                .startsWith("INSERT INTO `copy`.`aside` (")
                .doesNotContain("DUPLICATE");
    }

    @Test
    void aLargeRowGoesByItselfAsParameters() throws SQLException {
        RowSchema files = SampleTable.named("files")
                .column("id", ColumnKind.INT)
                .column("flags", ColumnKind.BIT)
                .column("content", ColumnKind.BINARY)
                .rows();
        TargetTable table = SampleTarget.like(files)
                .add(SampleColumn.of("rank", ColumnKind.INT))
                .table();
        RowEvent row = new RowEvent(
                SampleRows.of(files).at(0, 7, ByteBuffer.wrap(new byte[] {5}), ByteBuffer.wrap(new byte[LARGE])));

        write(table, List.of(row));

        assertThat(server.log())
                .containsExactly("INSERT INTO `copy`.`files` (`id`, `flags`, `content`, `_dlt_load_id`, `_dlt_id`,"
                        + " `rank`) VALUES (?,CAST(CAST(? AS CHAR) AS UNSIGNED),?,?,?,0) ON DUPLICATE KEY UPDATE `id` ="
                        + " VALUES(`id`), `flags` = VALUES(`flags`), `content` = VALUES(`content`),"
                        + " `_dlt_load_id` = VALUES(`_dlt_load_id`), `_dlt_id` = VALUES(`_dlt_id`)"
                        + " [7, 5, 1048577 bytes, 1700000000.1234567, " + id(row) + "]");
    }

    @Test
    void aLargeRowDoesNotOvertakeThoseBeforeIt() throws SQLException {
        RowSchema words =
                SampleTable.named("words").column("id", ColumnKind.TEXT).rows();
        SampleRows some = SampleRows.of(words);

        // the same row under a collation that does not tell case; what comes last must win
        write(
                SampleTarget.like(words).table(),
                List.of(
                        new RowEvent(some.at(0, "small")),
                        new RowEvent(some.at(1, "L".repeat(LARGE))),
                        new RowEvent(some.at(2, "SMALL"))));

        assertThat(server.log()).hasSize(3);
        assertThat(server.log().get(0)).contains("('small',");
        assertThat(server.log().get(1)).contains("(?,?,?)");
        assertThat(server.log().get(2)).contains("('SMALL',");
    }

    @Test
    void anEnumsErrorValueIsCopiedFromARowThatHasIt() throws SQLException {
        RowSchema moods = SampleTable.named("moods")
                .column("id", ColumnKind.INT)
                .with(SampleColumn.of("mood", ColumnKind.ENUM).type("enum('good','bad')"))
                .with(SampleColumn.of("other", ColumnKind.ENUM).type("enum('x','')"))
                .rows();
        SampleRows some = SampleRows.of(moods);
        RowEvent good = new RowEvent(some.at(0, 1, "good", ""));
        RowEvent none = new RowEvent(some.at(1, 2, "", 0L));
        RowEvent half = new RowEvent(some.at(2, 3, "bad", 0L));

        write(SampleTarget.like(moods).table(), List.of(good, none, half));

        String head = "INSERT INTO `copy`.`moods` (`id`, `mood`, `other`, `_dlt_load_id`, `_dlt_id`) ";
        String errors = "`copy`.`_syncline_error_values`";
        assertThat(server.log()).hasSize(7);
        assertThat(server.log().get(0)).startsWith(head + "VALUES (1,'good','','1700000000.1234567'");
        assertThat(server.log().subList(1, 4))
                .containsExactly(
                        "DROP TEMPORARY TABLE IF EXISTS " + errors,
                        "CREATE TEMPORARY TABLE " + errors + " SELECT `mood`, `other` FROM `copy`.`moods` WHERE FALSE",
                        "INSERT IGNORE INTO " + errors + " (`mood`, `other`) VALUES (0, 0)");
        assertThat(server.log().get(4))
                .startsWith(head + "SELECT ?,e.`mood`,e.`other`,?,? FROM " + errors + " e ON DUPLICATE KEY UPDATE")
                .endsWith("[2, 1700000000.1234567, " + id(none) + "]");
        assertThat(server.log().get(5))
                .startsWith(head + "SELECT ?,?,e.`other`,?,? FROM " + errors + " e ON DUPLICATE KEY UPDATE")
                .endsWith("[3, bad, 1700000000.1234567, " + id(half) + "]");
        assertThat(server.log().get(6)).isEqualTo("DROP TEMPORARY TABLE IF EXISTS " + errors);
    }

    @Test
    void aSetsNumberIsGivenWhereItsNameWouldMeanAnother() throws SQLException {
        RowSchema tagged = SampleTable.named("tagged")
                .column("id", ColumnKind.INT)
                .with(SampleColumn.of("tags", ColumnKind.SET).type("set('','a')"))
                .rows();

        write(
                SampleTarget.like(tagged).table(),
                List.of(new RowEvent(SampleRows.of(tagged).at(0, 1, 3L))));

        assertThat(server.log()).hasSize(1);
        assertThat(server.log().get(0))
                .contains(" VALUES (?,CAST(CAST(? AS CHAR) AS UNSIGNED),?,?)")
                .contains("[1, 3, ");
    }

    @Test
    void whereTheTargetHoldsMembersAsTextTheirNamesAreGiven() throws SQLException {
        RowSchema moods = SampleTable.named("moods")
                .column("id", ColumnKind.INT)
                .with(SampleColumn.of("mood", ColumnKind.ENUM).type("enum('good')"))
                .with(SampleColumn.of("tags", ColumnKind.SET).type("set('','a')"))
                .rows();
        TargetTable table = SampleTarget.like(moods)
                .add(SampleColumn.of("mood", ColumnKind.TEXT).charset("utf8mb4"))
                .add(SampleColumn.of("tags", ColumnKind.TEXT).charset("utf8mb4"))
                .table();

        write(table, List.of(new RowEvent(SampleRows.of(moods).at(0, 1, "", 3L))));

        assertThat(server.log()).hasSize(1);
        assertThat(server.log().get(0)).contains(" VALUES (?,?,?,?,?)").contains("[1, , a, ");
    }

    @Test
    void textThatIsNoUtf8IsRefused() {
        ConsumerRecord<byte[], byte[]> good = rows.at(0, 7, "Ada");
        byte[] value = good.value().clone();
        value[value.length - 1] = (byte) 0xFF;
        RowEvent bad = new RowEvent(SampleRows.event(new TopicPartition("rows", 0), 0, good.key(), value));

        assertThatThrownBy(() -> write(SampleTarget.like(users).table(), List.of(bad)))
                .isInstanceOf(MalformedRowException.class)
                .hasMessageContaining("name is not UTF-8");
    }

    private void write(TargetTable table, List<RowEvent> events) throws SQLException {
        new InsertWriter(table).write(server.connect(), events);
    }

    private static int countOfRows(String sql) {
        return sql.split("'1700000000\\.1234567'", -1).length - 1;
    }

    private static String id(RowEvent row) {
        return new String(new DltId().of(row.key()), StandardCharsets.US_ASCII);
    }
}
