package io.syncline.loader.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A way of writing rows into one table within the transaction at hand. */
interface RowWriter {

    /** Writes the rows, each key once among them; an error leaves what was written to the caller to take back. */
    void write(Connection connection, List<RowEvent> rows) throws SQLException;
}
