package io.syncline.loader.catalog;

import io.syncline.common.model.TableId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A load that was published whole.
 *
 * @param topicId of the topic that it was published on, null where the extractor was of a version that does not tell
 * @param ends for each partition of the rows topic the newest offset of the table's events then, -1 for none
 */
public record FinishedLoad(
        TableId table,
        String id,
        int schemaVersion,
        @Nullable String topicId,
        List<Long> ends) {

    public FinishedLoad {
        ends = List.copyOf(ends);
    }
}
