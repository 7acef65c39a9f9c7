package io.syncline.loader.keys;

import io.syncline.common.event.Watermark;
import io.syncline.common.event.Watermark.Phase;
import io.syncline.common.model.TableId;
import io.syncline.loader.catalog.Catalog;
import io.syncline.loader.loads.LoadLedger;
import io.syncline.loader.target.PartitionFence;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says which tables' first copies are applied, by whichever loaders. Not thread-safe. */
final class FirstCopies {

    private final Catalog catalog;
    private final PartitionFence fence;
    /** What had been published when a first copy was first seen to be over: a busy table publishes more all the time. */
    private final Map<TableId, Published> firstSeen = new HashMap<>();

    private record Published(@Nullable String topicId, List<Long> ends) {}

    FirstCopies(Catalog catalog, PartitionFence fence) {
        this.catalog = catalog;
        this.fence = fence;
    }

    /** @param topic the table's rows topic */
    boolean isApplied(Connection connection, String topic, TableId table) throws SQLException {
        Watermark watermark = catalog.watermarks().get(table);
        if (watermark == null || watermark.phase() == Phase.FIRST_COPY || watermark.finishedAt() == null) {
            firstSeen.remove(table);
            return false;
        }
        Published seen = firstSeen.get(table);
        if (seen == null || !Objects.equals(seen.topicId(), watermark.topicId())) {
            seen = new Published(watermark.topicId(), watermark.ends());
            firstSeen.put(table, seen);
        }
        return LoadLedger.isApplied(seen.ends(), fence.offsets(connection, topic, seen.topicId()));
    }
}
