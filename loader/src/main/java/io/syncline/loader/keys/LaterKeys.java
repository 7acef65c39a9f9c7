package io.syncline.loader.keys;

import io.syncline.common.model.TableSchema;
import io.syncline.common.mysql.Database;
import io.syncline.common.mysql.SqlFault;
import io.syncline.common.row.RowSchema;
import io.syncline.common.run.StopSignal;
import io.syncline.loader.catalog.Catalog;
import io.syncline.loader.target.PartitionFence;
import io.syncline.loader.target.PendingIndexes;
import io.syncline.loader.target.TargetTables;
import io.syncline.loader.target.UnfitTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives target tables what waits for their first copies: indexes, and the source's foreign keys where {@code tables.json}
 * says so. Of several loaders the one that leads a table does it. Runs on a thread of its own.
 */
public final class LaterKeys implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LaterKeys.class);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final Database target;
    private final Catalog catalog;
    private final TargetTables tables;
    private final Function<String, OptionalLong> leadership;
    private final StopSignal stop;
    private final FirstCopies copies;
    private final ForeignKeys foreignKeys;
    /** By topic, what has all that it is to have. */
    private final Map<String, Settled> settled = new HashMap<>();

    private final Map<String, Long> notBefore = new HashMap<>();
    private final Set<String> said = new HashSet<>();

    /** @param epoch of a table that was looked at: one that the target has lost since is of a later one */
    private record Settled(long fingerprint, long epoch) {}

    /** A table to look at. */
    private record Due(TableSchema table, Settled settles) {}

    /**
     * @param leadership the epoch in which this loader acts for the table whose rows travel on a topic, once that is prepared;
     *     empty where it does not
     */
    public LaterKeys(
            Database target,
            Catalog catalog,
            PartitionFence fence,
            TargetTables tables,
            Function<String, OptionalLong> leadership,
            StopSignal stop) {
        this.target = target;
        this.catalog = catalog;
        this.tables = tables;
        this.leadership = leadership;
        this.stop = stop;
        this.copies = new FirstCopies(catalog, fence);
        this.foreignKeys = new ForeignKeys(catalog, copies, tables, this::say);
    }

    @Override
    public void run() {
        while (!stop.isStopped()) {
            addDue();
            stop.await(BEAT);
        }
    }

    /** Adds what can be added now. */
    public synchronized void addDue() {
        Map<String, Due> due = due();
        if (due.isEmpty()) {
            return;
        }
        try (Connection connection = target.connect()) {
            // asked behind the tables' preparation: what is to follow is noted before a table is made
            Map<String, List<String>> pending = PendingIndexes.all(connection);
            due.forEach((topic, table) -> add(connection, topic, table, pending));
        } catch (SQLException e) {
            LOG.debug("indexes and foreign keys are not looked at for now: {}", SqlFault.message(e));
        }
    }

    private Map<String, Due> due() {
        Map<String, Due> due = new LinkedHashMap<>();
        for (String topic : catalog.rowsTopics()) {
            Optional<RowSchema> schema = catalog.newest(topic);
            OptionalLong epoch = leadership.apply(topic);
            Long until = notBefore.get(topic);
            boolean rests = until != null && System.nanoTime() - until < 0;
            if (schema.isPresent() && epoch.isPresent() && !rests) {
                Settled settles = new Settled(schema.get().fingerprint(), epoch.getAsLong());
                if (!settles.equals(settled.get(topic))) {
                    due.put(topic, new Due(schema.get().table(), settles));
                }
            }
        }
        return due;
    }

    /** @param pending loses what is added */
    private void add(Connection connection, String topic, Due due, Map<String, List<String>> pending) {
        TableSchema table = due.table();
        try {
            if (addAll(connection, topic, table, pending)) {
                settled.put(topic, due.settles());
            }
        } catch (SQLException e) {
            failed(topic, table, SqlFault.message(e));
        } catch (UnfitTargetException e) {
            failed(topic, table, String.valueOf(e.getMessage()));
        }
    }

    private boolean addAll(Connection connection, String topic, TableSchema table, Map<String, List<String>> pending)
            throws SQLException {
        String name = tables.name(table.id());
        List<String> indexes = pending.getOrDefault(name, List.of());
        boolean hasForeignKeys =
                table.rules().copiesForeignKeys() && !table.foreignKeys().isEmpty();
        if (indexes.isEmpty() && !hasForeignKeys) {
            return true;
        }
        if (!copies.isApplied(connection, topic, table.id())) {
            return false;
        }
        if (!indexes.isEmpty()) {
            tables.addIndexes(name, indexes);
            pending.remove(name);
        }
        return !hasForeignKeys || foreignKeys.add(connection, table, pending.keySet());
    }

    private void failed(String topic, TableSchema table, String reason) {
        say("indexes or foreign keys are not added for now table=" + table.id() + " reason=" + reason
                + "; it is tried again every minute");
        notBefore.put(topic, System.nanoTime() + AFTER_FAILURE.toNanos());
    }

    private void say(String what) {
        if (said.add(what)) {
            LOG.warn("{}", what);
        }
    }
}
