package io.syncline.extractor.source;

import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.exceptions.SQLExceptionsMapping;
import com.mysql.cj.protocol.ColumnDefinition;
import com.mysql.cj.protocol.a.result.NativeResultset;
import com.mysql.cj.result.Field;
import com.mysql.cj.result.Row;
import com.mysql.cj.result.RowList;
import io.syncline.common.row.StructureChangedException;
import io.syncline.common.run.Causes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Streams pages in the binary protocol, one row in memory at a time. Notices a table that was altered since its structure
 * was described: the result's own metadata must stay what they were at the first page. Belongs to one table's thread.
 */
public final class PageReader {

    private static final int ROW_BY_ROW = Integer.MIN_VALUE;

    private @Nullable List<String> columns;

    /** Is given each row in turn; the row is valid during the call only. */
    public interface RowConsumer {
        void accept(Row row) throws SQLException, InterruptedException;
    }

    /** How many rows there were. @throws StructureChangedException as the class says */
    public int read(Connection connection, PageQuery query, RowConsumer consumer)
            throws SQLException, InterruptedException {
        try (PreparedStatement statement = prepare(connection, query);
                ResultSet result = statement.executeQuery()) {
            NativeResultset rows = result.unwrap(NativeResultset.class);
            requireSameColumns(rows.getColumnDefinition());
            return readAll(connection, rows.getRows(), consumer);
        } catch (CJException e) {
            throw SQLExceptionsMapping.translateException(e);
        }
    }

    private static int readAll(Connection connection, RowList list, RowConsumer consumer)
            throws SQLException, InterruptedException {
        int count = 0;
        try {
            // while rows are streamed only next() knows whether there is one more
            for (Row row = list.next(); row != null; row = list.next()) {
                consumer.accept(row);
                count++;
            }
        } catch (CJException | OutOfMemoryError e) {
            if (Causes.find(e, OutOfMemoryError.class).isPresent()) {
                // the driver may have stopped within a packet, and closing the result would wait for the rest of it
                connection.abort(Runnable::run);
            }
            throw e;
        }
        return count;
    }

    /** The single value that a query yields, as text; empty for NULL. */
    public static Optional<String> single(Connection connection, PageQuery query) throws SQLException {
        try (PreparedStatement statement = prepare(connection, query);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return Optional.ofNullable(result.getString(1));
        }
    }

    private static PreparedStatement prepare(Connection connection, PageQuery query) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(query.sql());
        statement.setFetchSize(ROW_BY_ROW);
        for (int i = 0; i < query.parameters().size(); i++) {
            Object value = query.parameters().get(i);
            if (value instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else if (value instanceof Double number) {
                statement.setDouble(i + 1, number);
            } else {
                statement.setString(i + 1, value.toString());
            }
        }
        return statement;
    }

    private void requireSameColumns(ColumnDefinition definition) {
        List<String> found =
                Arrays.stream(definition.getFields()).map(PageReader::describe).toList();
        List<String> known = columns;
        if (known == null) {
            columns = found;
        } else if (!known.equals(found)) {
            throw new StructureChangedException("the columns of the result have changed");
        }
    }

    private static String describe(Field field) {
        return field.getName() + " " + field.getMysqlTypeId() + " " + field.getLength() + " " + field.getDecimals()
                + " " + field.isUnsigned() + " " + field.isNotNull();
    }
}
