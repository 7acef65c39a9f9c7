package io.syncline.loader.keys;

import io.syncline.common.event.Watermark;
import io.syncline.common.event.Watermark.Phase;
import io.syncline.common.model.TableId;
import io.syncline.common.model.TableSchema;
import io.syncline.common.mysql.Database;
import io.syncline.common.mysql.SqlFault;
import io.syncline.common.row.RowSchema;
import io.syncline.common.run.StopSignal;
import io.syncline.loader.catalog.Catalog;
import io.syncline.loader.loads.LoadLedger;
import io.syncline.loader.target.ForeignKey;
import io.syncline.loader.target.PartitionFence;
import io.syncline.loader.target.TargetTables;
import io.syncline.loader.target.UnfitTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives target tables the source's foreign keys where {@code tables.json} says so, each when the first copies of both
 * tables are applied. The loader's sessions do not check them, since rows of different tables and partitions come in any
 * order; other sessions do. Runs on a thread of its own.
 */
public final class ForeignKeys implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ForeignKeys.class);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final Database target;
    private final Catalog catalog;
    private final PartitionFence fence;
    private final TargetTables tables;
    private final Function<String, OptionalLong> leadership;
    private final StopSignal stop;
    /** By topic, what has all its foreign keys, or has them left out. */
    private final Map<String, Settled> settled = new HashMap<>();

    private final Map<String, Long> notBefore = new HashMap<>();
    private final Set<String> said = new HashSet<>();

    /** @param epoch of a table whose keys were looked at: one that the target has lost since is of a later one */
    private record Settled(long fingerprint, long epoch) {}

    /** @param leadership the epoch in which this loader acts for the table whose rows travel on a topic; empty where it does not */
    public ForeignKeys(
            Database target,
            Catalog catalog,
            PartitionFence fence,
            TargetTables tables,
            Function<String, OptionalLong> leadership,
            StopSignal stop) {
        this.target = target;
        this.catalog = catalog;
        this.fence = fence;
        this.tables = tables;
        this.leadership = leadership;
        this.stop = stop;
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
        for (String topic : catalog.rowsTopics()) {
            Optional<RowSchema> schema = catalog.newest(topic);
            OptionalLong epoch = leadership.apply(topic);
            if (schema.isPresent() && epoch.isPresent() && isDue(topic, schema.get(), epoch.getAsLong())) {
                try {
                    if (addAll(topic, schema.get().table())) {
                        settled.put(topic, new Settled(schema.get().fingerprint(), epoch.getAsLong()));
                    }
                } catch (SQLException e) {
                    failed(topic, schema.get(), SqlFault.message(e));
                } catch (UnfitTargetException e) {
                    failed(topic, schema.get(), String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private boolean isDue(String topic, RowSchema schema, long epoch) {
        Settled now = new Settled(schema.fingerprint(), epoch);
        Long until = notBefore.get(topic);
        return schema.table().rules().copiesForeignKeys()
                && !schema.table().foreignKeys().isEmpty()
                && !now.equals(settled.get(topic))
                && (until == null || System.nanoTime() - until >= 0);
    }

    private void failed(String topic, RowSchema schema, String reason) {
        say("foreign keys are not added for now table=" + schema.table().id() + " reason=" + reason);
        notBefore.put(topic, System.nanoTime() + AFTER_FAILURE.toNanos());
    }

    private boolean addAll(String topic, TableSchema table) throws SQLException {
        boolean all = true;
        try (Connection connection = target.connect()) {
            boolean copied = isCopied(connection, topic, table.id());
            for (String clause : table.foreignKeys()) {
                ForeignKey key = ForeignKey.parse(clause, table.id());
                all &= copied && add(connection, table, key);
            }
        }
        return all;
    }

    /** Whether there is nothing left to do for this one. */
    private boolean add(Connection connection, TableSchema table, ForeignKey key) throws SQLException {
        String topic = catalog.topic(key.referenced());
        Optional<RowSchema> referenced = topic == null ? Optional.empty() : catalog.newest(topic);
        if (topic == null || referenced.isEmpty()) {
            say("a foreign key waits for a table that has not come table=" + table.id() + " key=" + key.name()
                    + " references=" + key.referenced());
            return false;
        }
        if (!travel(key.columns(), table)
                || !travel(key.referencedColumns(), referenced.get().table())) {
            say("a foreign key is left out, since it names columns that do not travel table=" + table.id() + " key="
                    + key.name());
            return true;
        }
        if (!isCopied(connection, topic, key.referenced())) {
            return false;
        }
        tables.addForeignKey(tables.name(table.id()), tables.name(key.referenced()), key);
        return true;
    }

    private static boolean travel(List<String> columns, TableSchema table) {
        return columns.stream().allMatch(column -> table.find(column).isPresent());
    }

    private boolean isCopied(Connection connection, String topic, TableId table) throws SQLException {
        Watermark published = catalog.watermarks().get(table);
        return published != null
                && published.phase() != Phase.FIRST_COPY
                && published.finishedAt() != null
                && LoadLedger.isApplied(published.ends(), fence.offsets(connection, topic, published.topicId()));
    }

    private void say(String what) {
        if (said.add(what)) {
            LOG.warn("{}", what);
        }
    }
}
