package io.syncline.loader.loads;

import io.syncline.common.model.TableId;
import io.syncline.common.mysql.Database;
import io.syncline.common.mysql.SqlFault;
import io.syncline.common.run.Backoff;
import io.syncline.common.run.StopSignal;
import io.syncline.loader.catalog.Catalog;
import io.syncline.loader.catalog.FinishedLoad;
import io.syncline.loader.target.PartitionFence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a row into {@code _dlt_loads} for every load once all of it is applied, by whichever loader. Runs on a thread of
 * its own.
 */
public final class LoadLedger implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LoadLedger.class);
    /** A loader that does not lead a table keeps its loads in case it will; the oldest give way. */
    private static final int MOST_PENDING = 1_000;

    private static final Duration BEAT = Duration.ofMillis(500);

    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS `_dlt_loads` (
              load_id varchar(64) NOT NULL,
              schema_name text NULL,
              status bigint NOT NULL,
              inserted_at datetime(6) NOT NULL,
              schema_version_hash text NULL
            ) COMMENT='A row for each load that is applied'""";

    private static final String INSERT = """
            INSERT INTO `_dlt_loads` (load_id, schema_name, status, inserted_at, schema_version_hash)
            SELECT ?, ?, 0, ?, ? FROM (SELECT 1 AS one) nothing
             WHERE NOT EXISTS (SELECT 1 FROM `_dlt_loads` WHERE load_id = ? AND schema_name = ?)""";

    private final Database target;
    private final Catalog catalog;
    private final PartitionFence fence;
    private final Predicate<String> leads;
    private final StopSignal stop;
    private final Map<TableId, Map<String, FinishedLoad>> pending = new LinkedHashMap<>();
    private final Map<TableId, String> newestRecorded = new HashMap<>();

    /** @param leads whether this loader acts for the table whose rows travel on a topic */
    public LoadLedger(
            Database target, Catalog catalog, PartitionFence fence, Predicate<String> leads, StopSignal stop) {
        this.target = target;
        this.catalog = catalog;
        this.fence = fence;
        this.leads = leads;
        this.stop = stop;
    }

    /** Makes the table where it is missing; one that dlt made stays as it is. */
    public static void create(Database target) throws SQLException {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(CREATE);
        }
    }

    @Override
    public void run() {
        int failures = 0;
        while (!stop.isStopped()) {
            try {
                recordApplied();
                failures = 0;
                stop.await(BEAT);
            } catch (SQLException e) {
                failures++;
                LOG.warn("loads are not recorded for now: {}", SqlFault.message(e));
                stop.await(Backoff.TRANSIENT.delayAfter(failures));
            }
        }
    }

    /** Records every load that is applied and that no one has recorded. */
    public synchronized void recordApplied() throws SQLException {
        for (FinishedLoad load : catalog.takeFinishedLoads()) {
            Map<String, FinishedLoad> loads = pending.computeIfAbsent(load.table(), table -> new LinkedHashMap<>());
            loads.put(load.id(), load);
            if (loads.size() > MOST_PENDING) {
                loads.remove(loads.keySet().iterator().next());
            }
        }
        if (pending.isEmpty()) {
            return;
        }
        try (Connection connection = target.connect()) {
            for (Map.Entry<TableId, Map<String, FinishedLoad>> table : pending.entrySet()) {
                String topic = catalog.topic(table.getKey());
                if (topic != null && leads.test(topic)) {
                    Map<Optional<String>, Map<Integer, Long>> offsets = new HashMap<>();
                    String recorded = newestRecorded(connection, table.getKey());
                    for (FinishedLoad load : List.copyOf(table.getValue().values())) {
                        Optional<String> topicId = Optional.ofNullable(load.topicId());
                        if (!offsets.containsKey(topicId)) {
                            offsets.put(topicId, fence.offsets(connection, topic, load.topicId()));
                        }
                        record(connection, table.getValue(), load, offsets.getOrDefault(topicId, Map.of()), recorded);
                    }
                }
            }
        }
        pending.values().removeIf(Map::isEmpty);
    }

    private void record(
            Connection connection,
            Map<String, FinishedLoad> loads,
            FinishedLoad load,
            Map<Integer, Long> offsets,
            @Nullable String recorded)
            throws SQLException {
        String id = load.id();
        if (recorded != null && id.compareTo(recorded) <= 0) {
            loads.remove(id);
        } else if (isApplied(load.ends(), offsets)) {
            insert(connection, load, id);
            newestRecorded.put(load.table(), id);
            loads.remove(id);
        }
    }

    /** Whether every event up to these offsets is applied. */
    public static boolean isApplied(List<Long> ends, Map<Integer, Long> nextOffsets) {
        for (int partition = 0; partition < ends.size(); partition++) {
            if (nextOffsets.getOrDefault(partition, 0L) <= ends.get(partition)) {
                return false;
            }
        }
        return true;
    }

    /** Load ids sort as text, so what an earlier run of the loader has recorded need not be looked up one by one. */
    private @Nullable String newestRecorded(Connection connection, TableId table) throws SQLException {
        String known = newestRecorded.get(table);
        if (known == null) {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT MAX(load_id) FROM `_dlt_loads` WHERE schema_name = ?")) {
                query.setString(1, table.toString());
                try (var row = query.executeQuery()) {
                    row.next();
                    known = row.getString(1) == null ? "" : row.getString(1);
                    newestRecorded.put(table, known);
                }
            }
        }
        return known;
    }

    private void insert(Connection connection, FinishedLoad load, String id) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            String name = load.table().toString();
            insert.setString(1, id);
            insert.setString(2, name);
            insert.setObject(3, LocalDateTime.ofInstant(Instant.now(), ZoneOffset.UTC));
            insert.setString(4, "v" + load.schemaVersion());
            insert.setString(5, id);
            insert.setString(6, name);
            insert.executeUpdate();
        }
    }
}
