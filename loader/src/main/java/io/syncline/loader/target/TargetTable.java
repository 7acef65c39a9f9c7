package io.syncline.loader.target;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableSchema;
import io.syncline.common.mysql.Quoted;
import io.syncline.common.mysql.TableDescription;
import io.syncline.common.mysql.UniqueIndex;
import io.syncline.common.row.RowSchema;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A target table seen with the eyes of one schema version: which of the row's columns are written, what else the table
 * holds, and thereby which ways of writing leave everything else as it is.
 *
 * @param written for each column of the schema, whether the target takes its value
 * @param isBare whether nothing hangs on a row but its columns: no triggers, no foreign keys
 */
public record TargetTable(
        String database,
        String name,
        RowSchema schema,
        TableDescription description,
        List<Boolean> written,
        boolean isBare) {

    public TargetTable {
        written = List.copyOf(written);
    }

    private static final String PRIMARY = "PRIMARY";
    /** Kinds of which two values may be one to a server; of the floating-point numbers 0 and -0.0 are. */
    private static final Set<ColumnKind> COLLATED =
            EnumSet.of(ColumnKind.TEXT, ColumnKind.ENUM, ColumnKind.SET, ColumnKind.FLOAT, ColumnKind.DOUBLE);

    static TargetTable of(
            String database, String name, RowSchema schema, TableDescription description, boolean isBare) {
        List<Boolean> written = new ArrayList<>();
        for (Column column : schema.table().columns()) {
            written.add(description
                    .find(column.name())
                    .map(target -> !target.isGenerated())
                    .orElse(false));
        }
        return new TargetTable(database, name, schema, description, written, isBare);
    }

    /** Whether another look at this table found the same. */
    public boolean isStill(TargetTable later) {
        return isBare == later.isBare && description.equals(later.description());
    }

    public String quoted() {
        return Quoted.table(database, name);
    }

    /** The columns of the target that rows fill, in the order of their values, ours not among them. */
    public List<Column> writtenColumns() {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            if (written.get(i)) {
                columns.add(target(schema.table().columns().get(i)));
            }
        }
        return columns;
    }

    /** Whether JSON may hold values with other types than its text has here. */
    public boolean holdsTypedJson() {
        return writtenColumns().stream().anyMatch(column -> column.kind() == ColumnKind.TYPED_JSON);
    }

    private Column target(Column source) {
        return description.find(source.name()).orElse(source);
    }

    public boolean[] writtenFlags() {
        boolean[] flags = new boolean[written.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = written.get(i);
        }
        return flags;
    }

    /** Those of {@link OwnColumns} that the source does not have itself. */
    public List<String> ownColumns() {
        return List.of(OwnColumns.LOAD_ID, OwnColumns.ID).stream()
                .filter(own -> schema.table().find(own).isEmpty())
                .toList();
    }

    /** Columns whose values only the target knows. */
    public List<Column> targetOnlyColumns() {
        return description.columns().stream()
                .filter(column -> schema.table().find(column.name()).isEmpty())
                .filter(column -> !OwnColumns.isOurs(column.name(), schema.table()))
                .filter(column -> !column.isGenerated())
                .toList();
    }

    /** Columns that hold what they are given. */
    public List<Column> storedColumns() {
        return description.columns().stream()
                .filter(column -> !column.isGenerated())
                .toList();
    }

    /** Columns whose values the target computes. */
    public List<Column> computedColumns() {
        return description.columns().stream().filter(Column::isGenerated).toList();
    }

    /** SQL for two rows of one key, by the aliases of what they are in. */
    public String sameKey(String one, String other) {
        return schema.table().primaryKey().stream()
                .map(Quoted::name)
                .map(column -> one + "." + column + " = " + other + "." + column)
                .collect(Collectors.joining(" AND "));
    }

    /** Unique indexes beside the key's, by which a row could meet another one; what the target computes may come from rows. */
    public List<UniqueIndex> otherUniqueIndexes() {
        List<String> key = schema.table().primaryKey();
        return description.uniqueIndexes().stream()
                .filter(index -> !(sameColumns(index.columns(), key)
                        && (index.whole() || index.name().equals(PRIMARY))))
                .filter(index ->
                        index.columns().isEmpty() || index.columns().stream().anyMatch(this::comesWithRows))
                .toList();
    }

    private boolean comesWithRows(String column) {
        return schema.table().find(column).isPresent()
                || find(column).filter(Column::isGenerated).isPresent();
    }

    private static boolean sameColumns(List<String> index, List<String> key) {
        return index.size() == key.size()
                && key.stream().allMatch(part -> index.stream().anyMatch(column -> TableSchema.sameName(column, part)));
    }

    /** Whether deleting a row and writing it anew loses nothing. */
    public boolean isReplaceable() {
        return isBare && targetOnlyColumns().isEmpty() && otherUniqueIndexes().isEmpty();
    }

    /** Whether its engine takes back what a transaction has written when that is rolled back, and locks rows, not tables. */
    public boolean isTransactional() {
        return description.statement().options().contains("ENGINE=InnoDB");
    }

    /** Whether the order of keys as bytes is no order of the target's: then rows keep the order of their events. */
    public boolean hasCollatedKey() {
        return schema.table().keyColumns().stream().map(Column::kind).anyMatch(COLLATED::contains);
    }

    /** Gives a column the value that its row would have been inserted with, for ON DUPLICATE KEY UPDATE. */
    public String assignment(String column) {
        return find(column)
                .map(CopiedColumn::assignment)
                .orElseGet(() -> Quoted.name(column) + " = VALUES(" + Quoted.name(column) + ")");
    }

    /** The column of the target that a name of the source means. */
    public Optional<Column> find(String column) {
        return description.find(column);
    }
}
