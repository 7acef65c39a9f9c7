package io.syncline.loader;

import io.syncline.common.config.TableSettings;
import io.syncline.common.event.Watermark;
import io.syncline.common.model.TableId;
import io.syncline.common.mysql.Database;
import io.syncline.loader.catalog.Catalog;
import io.syncline.loader.catalog.TopicTail;
import io.syncline.loader.consume.LaneStatus;
import io.syncline.loader.consume.PartitionPump;
import io.syncline.loader.keys.LaterKeys;
import io.syncline.loader.loads.LoadLedger;
import io.syncline.loader.target.PartitionFence;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when a single pass is over: all that the extractor's last finished pass over each table published is applied and
 * recorded, or what is left cannot be. Belongs to the pump's thread.
 */
final class SinglePass {

    private static final Logger LOG = LoggerFactory.getLogger(SinglePass.class);
    private static final Duration BEAT = Duration.ofMillis(200);
    private static final Duration HALT_PATIENCE = Duration.ofSeconds(10);

    private final LoaderSettings settings;
    private final Database target;
    private final Catalog catalog;
    private final PartitionFence fence;
    private final TopicTail tail;
    private final PartitionPump pump;
    private final LoadLedger ledger;
    private final LaterKeys laterKeys;
    /** Adding indexes and foreign keys, which may take longer than the pump may stand still. */
    private @Nullable CompletableFuture<Void> keys;

    private boolean caughtUp;
    private long due = System.nanoTime();
    private long haltedSince;
    private boolean failed;

    SinglePass(
            LoaderSettings settings,
            Database target,
            Catalog catalog,
            PartitionFence fence,
            TopicTail tail,
            PartitionPump pump,
            LoadLedger ledger,
            LaterKeys laterKeys) {
        this.settings = settings;
        this.target = target;
        this.catalog = catalog;
        this.fence = fence;
        this.tail = tail;
        this.pump = pump;
        this.ledger = ledger;
        this.laterKeys = laterKeys;
    }

    boolean hasFailed() {
        return failed;
    }

    boolean isDone() {
        if (System.nanoTime() - due < 0) {
            return false;
        }
        due = System.nanoTime() + BEAT.toNanos();
        try {
            caughtUp = caughtUp || tail.catchUp();
            return caughtUp && (allApplied() || givesUp());
        } catch (SQLException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private boolean allApplied() throws SQLException {
        Map<TableId, Watermark> watermarks = catalog.watermarks();
        for (TableSettings table : settings.tables()) {
            if (watermarks.keySet().stream().noneMatch(id -> id.table().equals(table.table()))) {
                return false;
            }
        }
        if (watermarks.isEmpty()) {
            return false;
        }
        try (Connection connection = target.connect()) {
            for (Watermark watermark : watermarks.values()) {
                String topic = catalog.topic(watermark.table());
                if (topic == null
                        || watermark.finishedAt() == null
                        || !pump.isPrepared(topic)
                        || !LoadLedger.isApplied(
                                watermark.ends(), fence.offsets(connection, topic, watermark.topicId()))) {
                    return false;
                }
            }
        }
        ledger.recordApplied();
        return hasKeys();
    }

    private boolean hasKeys() {
        if (keys == null) {
            keys = CompletableFuture.runAsync(laterKeys::addDue);
        }
        if (keys.isDone()) {
            keys.join();
        }
        return keys.isDone();
    }

    /** When all that is left to do is halted, waiting longer helps nobody. */
    private boolean givesUp() {
        List<LaneStatus> halted =
                pump.status().stream().filter(LaneStatus::isHalted).toList();
        boolean othersWork = pump.status().stream().anyMatch(lane -> !lane.isHalted() && lane.queued() > 0);
        if (halted.isEmpty() || othersWork) {
            haltedSince = 0;
            return false;
        }
        if (haltedSince == 0) {
            haltedSince = System.nanoTime();
        }
        if (System.nanoTime() - haltedSince < HALT_PATIENCE.toNanos()) {
            return false;
        }
        halted.forEach(lane -> LOG.error("given up partition={} reason={}", lane.partition(), lane.error()));
        failed = true;
        return true;
    }
}
