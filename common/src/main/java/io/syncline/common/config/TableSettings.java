package io.syncline.common.config;

import io.syncline.common.model.TargetRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One table of {@code tables.json}.
 *
 * @param place where it stands there, for messages, as {@code tables.json: [2]}
 * @param modifier empty: the table is refreshed in full
 * @param initialValue where incremental sync begins
 * @param interval between passes, where it differs from INTERVAL
 * @param where a condition in SQL that rows must meet
 * @param include empty: all columns
 * @param targetTable the table's name at the target
 * @param keepsWhenEmpty whether the target keeps its rows where the source has none; of a full refresh
 * @param lag how far behind the newest modifier rows are read again
 * @param rules how loaders treat the table
 */
public record TableSettings(
        String place,
        String table,
        List<String> primaryKey,
        Optional<String> modifier,
        Optional<String> initialValue,
        Optional<Duration> interval,
        Optional<String> where,
        Set<String> include,
        Set<String> exclude,
        String targetTable,
        Optional<Duration> lag,
        NullModifier nullModifier,
        boolean keepsWhenEmpty,
        TargetRules rules) {

    public TableSettings {
        primaryKey = List.copyOf(primaryKey);
        include = Set.copyOf(include);
        exclude = Set.copyOf(exclude);
    }

    /** Whether the user lets this column travel; names are compared as MySQL compares columns. */
    public boolean wants(String column) {
        return (include.isEmpty() || include.stream().anyMatch(column::equalsIgnoreCase))
                && exclude.stream().noneMatch(column::equalsIgnoreCase);
    }
}
