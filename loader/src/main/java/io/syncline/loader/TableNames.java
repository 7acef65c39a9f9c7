package io.syncline.loader;

import io.syncline.common.config.TableSettings;
import io.syncline.common.model.TableId;
import io.syncline.loader.target.UnfitTargetException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which tables are loaded, and what they are called at the target. Thread-safe. */
final class TableNames {

    private final Map<String, String> listed = new HashMap<>();
    private final Map<String, TableId> sources = new HashMap<>();

    /** @param tables those of {@code tables.json}; empty for all, under their own names */
    TableNames(List<TableSettings> tables) {
        tables.forEach(table -> listed.put(table.table(), table.targetTable()));
    }

    boolean wants(TableId source) {
        return listed.isEmpty() || listed.containsKey(source.table());
    }

    /** @throws UnfitTargetException where two sources would share one table */
    synchronized String target(TableId source) {
        String name = listed.getOrDefault(source.table(), source.table());
        TableId first = sources.putIfAbsent(name, source);
        if (first != null && !first.equals(source)) {
            throw new UnfitTargetException("both " + first + " and " + source + " go to the target table " + name
                    + "; give one of them a target_table of its own, or load it with another prefix");
        }
        return name;
    }
}
