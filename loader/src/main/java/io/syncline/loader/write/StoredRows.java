package io.syncline.loader.write;

import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.exceptions.SQLExceptionsMapping;
import com.mysql.cj.protocol.a.result.NativeResultset;
import io.syncline.common.event.RefreshMarker;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.LoadId;
import io.syncline.common.mysql.SelectedColumns;
import io.syncline.common.row.RowEncoder;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.target.TargetTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Rows of a full refresh, read back from where they were written, as the events by which they came. Not thread-safe. */
public final class StoredRows {

    /** What the row to read is called. */
    public static final String ROW = "r";

    private final String columns;
    private final RowEncoder encoder;

    /** @param end of the refresh that the rows belong to */
    public StoredRows(TargetTable table, RefreshMarker end) {
        RowSchema schema = table.schema();
        this.columns = SelectedColumns.of(
                schema.table(),
                ROW,
                column -> table.find(column.name())
                        .filter(known -> known.kind() == ColumnKind.TYPED_JSON)
                        .isPresent());
        this.encoder = new RowEncoder(schema, new LoadId(end.loadId()), end.generation());
    }

    /**
     * Reads one row.
     *
     * @param from what has this row alone, in SQL and by the name {@link #ROW}
     * @param partition and offset are where the event is said to stand
     * @throws io.syncline.common.row.StructureChangedException where the columns hold values that the source's could not
     */
    public ConsumerRecord<byte[], byte[]> read(
            Connection connection, String from, TopicPartition partition, long offset) throws SQLException {
        // only the binary protocol, that of prepared statements, is exact
        try (PreparedStatement query = connection.prepareStatement("SELECT " + columns + " FROM " + from);
                ResultSet result = query.executeQuery()) {
            encoder.encode(result.unwrap(NativeResultset.class).getRows().next());
            return new ConsumerRecord<>(
                    partition.topic(), partition.partition(), offset, encoder.key(), encoder.value());
        } catch (CJException e) {
            throw SQLExceptionsMapping.translateException(e);
        }
    }
}
