package io.syncline.quickstart;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What arrives in one table of the target, told by its {@code _dlt_load_id}: rows that carry a load not seen before, or more of the
 * newest one. Rows overwritten twice between two looks count once. Belongs to one thread.
 */
final class Arrivals {
    private final Connection target;
    private final SyncedTable table;
    private NavigableMap<String, Long> loads;
    private long rows;

    /** What is there already is not an arrival. */
    Arrivals(Connection target, SyncedTable table) throws SQLException {
        this.target = target;
        this.table = table;
        this.loads = loadsSince("");
        this.rows = loads.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Such as {@code orders +3 ~2}, three new rows and two changed ones; empty when nothing came since the last look. */
    Optional<String> sinceLastLook() throws SQLException {
        var newest = loads.isEmpty() ? "" : loads.lastKey();
        var found = loadsSince(newest);
        var arrived = found.entrySet().stream()
                .mapToLong(load -> Math.max(0, load.getValue() - loads.getOrDefault(load.getKey(), 0L)))
                .sum();
        var rowsNow = RowCounts.of(target, List.of(table)).total();
        var added = Math.max(0, rowsNow - rows);
        rows = rowsNow;
        if (!found.isEmpty()) {
            loads = found;
        }
        return arrived == 0 ? Optional.empty() : Optional.of(describe(arrived, Math.min(added, arrived)));
    }

    private String describe(long arrived, long added) {
        if (!table.incremental()) {
            return String.format(Locale.ROOT, "%s refreshed (%,d rows)", table.name(), arrived);
        }
        var changed = arrived - added;
        return table.name() + (added > 0 ? " +" + added : "") + (changed > 0 ? " ~" + changed : "");
    }

    private NavigableMap<String, Long> loadsSince(String load) throws SQLException {
        try (var query = target.prepareStatement("SELECT _dlt_load_id, COUNT(*) FROM `" + table.name()
                + "` WHERE _dlt_load_id >= ? GROUP BY _dlt_load_id")) {
            query.setString(1, load);
            var counts = new TreeMap<String, Long>();
            try (var result = query.executeQuery()) {
                while (result.next()) {
                    counts.put(result.getString(1), result.getLong(2));
                }
            }
            return counts;
        }
    }
}
