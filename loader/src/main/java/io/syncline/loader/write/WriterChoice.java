package io.syncline.loader.write;

import io.syncline.loader.target.TargetTable;
import java.util.List;

/**
 * Which way rows take into a table: the cheapest that leaves alone what is not theirs. Few rows go by a statement, for
 * which the server need not be asked back; many go by LOAD DATA where nothing but the row is replaced.
 */
public final class WriterChoice {

    /** Where LOAD DATA begins to be worth its second round trip. */
    private static final int FEW = 200;

    private static final long SMALL = 256 * 1024;

    private final boolean localInfile;

    /** @param localInfile whether the target lets clients send files */
    public WriterChoice(boolean localInfile) {
        this.localInfile = localInfile;
    }

    RowWriter writer(TargetTable table, List<RowEvent> rows) {
        if (!table.otherUniqueIndexes().isEmpty()) {
            return new UniqueWriter(table);
        }
        return localInfile && (rows.size() >= FEW || RowEvent.bytes(rows) >= SMALL) && table.isReplaceable()
                ? new LoadDataWriter(table)
                : new InsertWriter(table);
    }
}
