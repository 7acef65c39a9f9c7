package io.syncline.common.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version of a table's structure at the source, with the key and the modifier that {@code tables.json} names.
 *
 * @param version counts from 1; a row's Avro schema carries it in its name
 * @param columns in the table's order, those left out by {@code tables.json} not among them
 * @param primaryKey names of columns, in the order that {@code tables.json} gives
 * @param indexes what stands in the server's CREATE TABLE for each key and check, foreign keys excepted
 * @param options what stands behind the closing parenthesis there
 * @param rules how loaders treat the table
 * @param server the version string of the server that declared it
 */
public record TableSchema(
        TableId id,
        int version,
        List<Column> columns,
        List<String> primaryKey,
        @Nullable String modifier,
        List<String> indexes,
        List<String> foreignKeys,
        String options,
        String server,
        TargetRules rules) {

    public TableSchema {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
        if (columns.isEmpty() || primaryKey.isEmpty()) {
            throw new IllegalArgumentException(id + " has no columns or no key");
        }
    }

    /** MySQL's column names differ by more than case. */
    public Optional<Column> find(String name) {
        return columns.stream().filter(column -> sameName(column.name(), name)).findFirst();
    }

    /** @throws IllegalArgumentException where there is none of that name */
    public Column column(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException(id + " has no column " + name));
    }

    public List<Column> keyColumns() {
        return primaryKey.stream().map(this::column).toList();
    }

    /**
     * How the key's columns make one row of two versions, a form for each: as long as it stays, all versions of a row share
     * a partition, whatever else of the columns changes.
     */
    public List<String> keyForms() {
        return keyColumns().stream().map(TableSchema::keyForm).toList();
    }

    private static String keyForm(Column column) {
        return switch (column.kind()) {
            case INT, LONG, UNSIGNED_LONG, DECIMAL, YEAR -> "number";
            case FLOAT, DOUBLE -> "floating-point number";
            case TEXT -> column.collation() == null ? column.type() : "text of " + column.collation();
            case BIT -> column.type();
            case DATE, DATETIME, TIMESTAMP, TIME, ENUM, SET, JSON, TYPED_JSON, BINARY, GEOMETRY ->
                column.kind().name();
        };
    }

    public TableSchema withVersion(int newVersion) {
        return new TableSchema(
                id, newVersion, columns, primaryKey, modifier, indexes, foreignKeys, options, server, rules);
    }

    /** Whether another schema says the same of the table; its version and its AUTO_INCREMENT counter do not count. */
    public boolean sameStructure(TableSchema other) {
        return withVersion(0).equals(other.withVersion(0));
    }

    public static boolean sameName(String one, String other) {
        return one.equalsIgnoreCase(other) || one.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
    }
}
