package io.syncline.extractor.table;

import java.sql.SQLException;

/**
 * A copy, pass or refresh of one table, done a page at a time so that tables of one partition take turns. Belongs to the
 * thread of the owned partition.
 */
interface Work extends AutoCloseable {

    /** What is left after a page. */
    enum Progress {
        MORE,
        DONE
    }

    /** Reads and publishes one page; nothing is taken as done that Kafka has not committed. */
    Progress page() throws SQLException, InterruptedException;

    /** How {@code /status} names it. */
    String phase();

    @Override
    void close() throws SQLException;
}
