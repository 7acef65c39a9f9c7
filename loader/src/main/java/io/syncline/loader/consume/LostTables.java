package io.syncline.loader.consume;

import io.syncline.common.mysql.Database;
import io.syncline.common.mysql.SqlFault;
import io.syncline.common.row.RowSchema;
import io.syncline.common.run.Backoff;
import io.syncline.common.run.StopSignal;
import io.syncline.loader.catalog.Catalog;
import io.syncline.loader.target.PartitionFence;
import io.syncline.loader.target.TargetTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the target still has what was applied to it, since partitions in which nothing happens would not find out: tables
 * that are gone are made again, and where any loader has done so, the partitions begin with their first records. Runs on a thread of
 * its own.
 */
public final class LostTables implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LostTables.class);
    private static final Duration BEAT = Duration.ofSeconds(5);
    /** All names of the target's tables are read every so many beats. */
    private static final int NAMES_EVERY = 2;

    private final Database target;
    private final Catalog catalog;
    private final PartitionFence fence;
    private final TargetTables tables;
    private final PartitionPump pump;
    private final StopSignal stop;
    private int beats;

    public LostTables(
            Database target,
            Catalog catalog,
            PartitionFence fence,
            TargetTables tables,
            PartitionPump pump,
            StopSignal stop) {
        this.target = target;
        this.catalog = catalog;
        this.fence = fence;
        this.tables = tables;
        this.pump = pump;
        this.stop = stop;
    }

    @Override
    public void run() {
        int failures = 0;
        while (!stop.isStopped()) {
            try {
                look();
                failures = 0;
                stop.await(BEAT);
            } catch (SQLException e) {
                failures++;
                LOG.debug("the target's tables are not looked at for now: {}", SqlFault.message(e));
                stop.await(Backoff.TRANSIENT.delayAfter(failures));
            }
        }
    }

    private void look() throws SQLException {
        try (Connection connection = target.connect()) {
            if (beats++ % NAMES_EVERY == 0) {
                findMissing(connection);
            }
            fence.lost(connection).forEach(pump::lost);
        }
    }

    private void findMissing(Connection connection) throws SQLException {
        // a target may keep names in small letters
        Set<String> there = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        there.addAll(tables.names(connection, ""));
        for (String topic : catalog.rowsTopics()) {
            Optional<RowSchema> schema = catalog.newest(topic);
            if (schema.isPresent()
                    && !there.contains(tables.name(schema.get().table().id()))) {
                pump.prepareAgain(topic);
            }
        }
    }
}
