package io.syncline.common.mysql;

import io.syncline.common.model.TableSchema;
import java.util.Collection;
import java.util.List;

/**
 * A unique index over columns that are all NOT NULL, or not.
 *
 * @param columns in the index's order; empty where it indexes expressions
 */
public record UniqueIndex(String name, List<String> columns, boolean nullable) {

    public UniqueIndex {
        columns = List.copyOf(columns);
    }

    /** Whether two rows of the same key would be refused: a key is unique if any part of it is. */
    public boolean backs(Collection<String> key) {
        return !nullable
                && !columns.isEmpty()
                && columns.stream()
                        .allMatch(column -> key.stream().anyMatch(part -> TableSchema.sameName(part, column)));
    }
}
