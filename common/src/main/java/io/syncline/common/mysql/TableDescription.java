package io.syncline.common.mysql;

import io.syncline.common.model.Column;
import io.syncline.common.model.TableSchema;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A table as a server holds it at one moment. */
public record TableDescription(
        List<Column> columns, List<UniqueIndex> uniqueIndexes, CreateTable statement, String server) {

    public TableDescription {
        columns = List.copyOf(columns);
        uniqueIndexes = List.copyOf(uniqueIndexes);
    }

    public Optional<Column> find(String name) {
        return columns.stream()
                .filter(column -> TableSchema.sameName(column.name(), name))
                .findFirst();
    }

    public boolean hasUniqueIndexFor(Collection<String> key) {
        return uniqueIndexes.stream().anyMatch(index -> index.backs(key));
    }

    /** For messages: the columns there are. */
    public String columnNames() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }
}
