package io.syncline.loader.catalog;

import io.syncline.common.model.TableId;
import java.util.List;

/**
 * A load that was published whole.
 *
 * @param ends for each partition of the rows topic the newest offset of the table's events then, -1 for none
 */
public record FinishedLoad(TableId table, String id, int schemaVersion, List<Long> ends) {

    public FinishedLoad {
        ends = List.copyOf(ends);
    }
}
