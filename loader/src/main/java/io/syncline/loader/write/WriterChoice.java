package io.syncline.loader.write;

import io.syncline.loader.target.TargetTable;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which way rows take into a table: the cheapest that leaves alone what is not theirs. Few rows go by a statement, for
 * which the server need not be asked back; many go by LOAD DATA where nothing but the row is replaced. Thread-safe.
 */
public final class WriterChoice {

    private static final Logger LOG = LoggerFactory.getLogger(WriterChoice.class);

    /** Where LOAD DATA begins to be worth its second round trip. */
    private static final int FEW = 200;

    private static final long SMALL = 256 * 1024;

    private volatile boolean localInfile;
    private volatile boolean overlaps;

    /**
     * @param localInfile whether the target lets clients send files
     * @param overlaps whether the target's binary log takes what is written under READ COMMITTED
     */
    public WriterChoice(boolean localInfile, boolean overlaps) {
        this.localInfile = localInfile;
        this.overlaps = overlaps;
    }

    RowWriter writer(TargetTable table, List<RowEvent> rows) {
        if (!table.otherUniqueIndexes().isEmpty()) {
            return new UniqueWriter(table);
        }
        return localInfile && areMany(rows) && table.isReplaceable()
                ? new LoadDataWriter(table, this::localInfileIsOff)
                : new InsertWriter(table);
    }

    /** The target has been restarted, or another server has taken its place. */
    private void localInfileIsOff() {
        if (localInfile) {
            LOG.warn(
                    "the target no longer takes files (local_infile): rows go by INSERT until the loader is started again");
            localInfile = false;
        }
    }

    /** As {@link #localInfileIsOff}, for a binary log of statements. */
    void overlapIsRefused() {
        if (overlaps) {
            LOG.warn("the target logs statements (binlog_format): batches are written one at a time until the loader is"
                    + " started again");
            overlaps = false;
        }
    }

    private static boolean areMany(List<RowEvent> rows) {
        return rows.size() >= FEW || RowEvent.bytes(rows) >= SMALL;
    }

    /**
     * Whether two sessions may write such batches at once: many rows, of which none locks anything but itself, and whose keys
     * tell by their bytes which of them are one row.
     */
    public boolean mayOverlap(TargetTable table, List<RowEvent> rows) {
        return overlaps && areMany(rows) && table.isTransactional() && table.isReplaceable() && !table.hasCollatedKey();
    }
}
