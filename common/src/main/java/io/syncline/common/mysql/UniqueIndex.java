package io.syncline.common.mysql;

import io.syncline.common.model.TableSchema;
import java.util.Collection;
import java.util.List;

/**
 * A unique index over columns that are all NOT NULL, or not.
 *
 * @param columns in the index's order, without the expressions among its parts
 * @param nullable whether one of its parts may be NULL, as an expression may
 * @param whole whether it indexes whole columns and nothing else: no expression, no prefix
 */
public record UniqueIndex(String name, List<String> columns, boolean nullable, boolean whole) {

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
