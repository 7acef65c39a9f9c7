package io.syncline.loader.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.ColumnKind;
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
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoadDataWriterTest {

    private static final String FORMAT =
            " CHARACTER SET binary FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' (";

    private final FakeServer server = new FakeServer();
    private int off;

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void rowsGoAsOneFileThatReplaces() throws SQLException {
        RowSchema users = SampleTable.users().rows();
        RowEvent ada = new RowEvent(SampleRows.of(users).at(0, 7, "Ada\tL."));
        RowEvent nobody = new RowEvent(SampleRows.of(users).at(1, 8, null));

        write(SampleTarget.like(users).table(), List.of(ada, nobody));

        assertThat(server.log())
                .containsExactly("LOAD DATA LOCAL INFILE 'syncline' REPLACE INTO TABLE `copy`.`users`" + FORMAT
                        + "`id`, `name`, `_dlt_load_id`, `_dlt_id`)"
                        + " [7\tAda\\tL.\t1700000000.1234567\t" + id(ada) + "\n8\t\\N\t1700000000.1234567\t"
                        + id(nobody) + "\n]");
    }

    @Test
    void rowsFromAnEnumsErrorValueOnGoByStatements() throws SQLException {
        RowSchema moods = SampleTable.named("moods")
                .column("id", ColumnKind.INT)
                .with(SampleColumn.of("mood", ColumnKind.ENUM).type("enum('good')"))
                .rows();
        SampleRows some = SampleRows.of(moods);

        write(
                SampleTarget.like(moods).table(),
                List.of(new RowEvent(some.at(0, 1, "good")), new RowEvent(some.at(1, 2, ""))));

        assertThat(server.log())
                .noneMatch(sql -> sql.startsWith("LOAD DATA") && sql.contains("\n2\t"))
                .anyMatch(sql -> sql.startsWith("LOAD DATA") && sql.contains("[1\tgood\t"))
                .anyMatch(sql -> sql.contains("SELECT ?,e.`mood`,?,? FROM"));
    }

    @Test
    void rowsFromTypedJsonOnGoByStatementsToMySqlAndAsTextElsewhere() throws SQLException {
        RowSchema docs = SampleTable.named("docs")
                .column("id", ColumnKind.INT)
                .column("doc", ColumnKind.TYPED_JSON)
                .rows();
        GenericRecord typed = new GenericData.Record(
                docs.value().getField("doc").schema().getTypes().get(1));
        typed.put("text", "[12.50]");
        typed.put("types", Map.of("$[0]", "DECIMAL"));
        List<RowEvent> rows = List.of(
                new RowEvent(SampleRows.of(docs).at(0, 1, "[2]")),
                new RowEvent(SampleRows.of(docs).at(1, 2, typed)));

        write(SampleTarget.like(docs).table(), rows);
        write(
                SampleTarget.like(docs)
                        .add(SampleColumn.of("doc", ColumnKind.TEXT))
                        .table(),
                rows);

        assertThat(server.log())
                .satisfiesExactly(
                        begun -> assertThat(begun).startsWith("LOAD DATA").doesNotContain("\n2\t"),
                        mySql -> assertThat(mySql)
                                .doesNotContain("(1,'[2]',")
                                .contains("(2,JSON_REPLACE(CAST('[12.50]' AS JSON), '$[0]',"
                                        + " CAST('12.50' AS DECIMAL(4,2))),"),
                        other -> assertThat(other)
                                .startsWith("LOAD DATA")
                                .contains("[1\t[2]\t")
                                .contains("\n2\t[12.50]\t"));
    }

    @Test
    void columnsThatDoNotTakeAFieldsBytesAsTheyAreAreConverted() throws SQLException {
        RowSchema odd = SampleTable.named("odd")
                .column("id", ColumnKind.INT)
                .column("flags", ColumnKind.BIT)
                .column("doc", ColumnKind.TYPED_JSON)
                .with(SampleColumn.of("old", ColumnKind.TEXT).charset("latin1"))
                .with(SampleColumn.of("mood", ColumnKind.ENUM).charset("latin1"))
                .with(SampleColumn.of("tags", ColumnKind.SET).charset("utf8mb3"))
                .with(SampleColumn.of("uuid", ColumnKind.TEXT))
                .column("blob", ColumnKind.BINARY)
                .rows();
        RowEvent row = new RowEvent(SampleRows.of(odd)
                .at(0, 7, ByteBuffer.wrap(new byte[] {1, 0}), "{}", "é", "a", "b", "u", ByteBuffer.wrap(new byte[] {'\t'
                })));

        write(SampleTarget.like(odd).table(), List.of(row));

        assertThat(server.log().get(0))
                .contains(FORMAT + "`id`, @f1, @f2, @f3, @f4, `tags`, @f6, `blob`, `_dlt_load_id`, `_dlt_id`) SET"
                        + " `flags` = CAST(@f1 AS UNSIGNED), `doc` = CONVERT(@f2 USING utf8mb4),"
                        + " `old` = CONVERT(@f3 USING utf8mb4), `mood` = CONVERT(@f4 USING utf8mb4),"
                        + " `uuid` = CONVERT(@f6 USING utf8mb4)")
                .contains("[7\t256\t{}\té\ta\tb\tu\t\\t\t1700000000.1234567\t");
    }

    @Test
    void theTargetsCharsetDecidesNotTheSources() throws SQLException {
        RowSchema users = SampleTable.users().rows();
        TargetTable table = SampleTarget.like(users)
                .add(SampleColumn.of("name", ColumnKind.TEXT).charset("latin1").nullable())
                .table();

        write(table, List.of(new RowEvent(SampleRows.of(users).at(0, 7, "Ada"))));

        assertThat(server.log().get(0)).contains("(`id`, @f1, ").contains("SET `name` = CONVERT(@f1 USING utf8mb4)");
    }

    @Test
    void columnsThatTheTargetComputesAreNotInTheFile() throws SQLException {
        RowSchema schema = SampleTable.users().column("twice", ColumnKind.INT).rows();
        TargetTable table = SampleTarget.like(schema)
                .add(SampleColumn.of("twice", ColumnKind.INT).generated("`id` * 2"))
                .table();

        write(table, List.of(new RowEvent(SampleRows.of(schema).at(0, 7, "Ada", 14))));

        assertThat(server.log().get(0)).doesNotContain("twice").contains("[7\tAda\t1700000000");
    }

    @Test
    void aServerThatTakesNoFilesAnyMoreGetsStatements() throws SQLException {
        RowSchema users = SampleTable.users().rows();
        server.refuses("LOAD DATA", "Loading local data is disabled", "42000", 3948);

        write(
                SampleTarget.like(users).table(),
                List.of(new RowEvent(SampleRows.of(users).at(0, 7, "Ada"))));

        assertThat(server.log("INSERT INTO `copy`.`users`")).hasSize(1);
        assertThat(off).isEqualTo(1);
    }

    private void write(TargetTable table, List<RowEvent> rows) throws SQLException {
        new LoadDataWriter(table, () -> off++).write(server.connect(), rows);
    }

    private static String id(RowEvent row) {
        return new String(new DltId().of(row.key()), StandardCharsets.US_ASCII);
    }
}
