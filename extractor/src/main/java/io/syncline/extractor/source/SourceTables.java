package io.syncline.extractor.source;

import io.syncline.common.config.TableSettings;
import io.syncline.common.model.Column;
import io.syncline.common.model.TableId;
import io.syncline.common.model.TableSchema;
import io.syncline.common.mysql.CreateTable;
import io.syncline.common.mysql.Quoted;
import io.syncline.common.mysql.TableDescriber;
import io.syncline.common.mysql.TableDescription;
import io.syncline.common.mysql.UniqueIndex;
import io.syncline.common.row.ModifierOrder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Describes tables as {@code tables.json} asks for them, and refuses what cannot work. Stateless. */
public final class SourceTables {

    private static final Pattern MOMENT =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}([ T]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?)?");

    private SourceTables() {}

    /**
     * The table's structure as it is now, as version 0.
     *
     * @throws UnfitTableException with the place in {@code tables.json} and the remedy
     */
    public static TableSchema describe(Connection connection, String database, TableSettings settings)
            throws SQLException {
        TableId id = new TableId(database, settings.table());
        TableDescription table;
        try {
            table = TableDescriber.describe(connection, database, settings.table())
                    .orElseThrow(() -> new UnfitTableException(settings.place() + ".table: there is no table " + id
                            + "; correct the name, or remove the entry"));
        } catch (IllegalArgumentException e) {
            throw new UnfitTableException(settings.place() + ": " + id + ": " + e.getMessage()
                    + "; leave the column out with \"columns\": {\"exclude\": […]}");
        }
        List<String> faults = new ArrayList<>();
        refuseUnknownColumns(settings, table, faults, id);
        if (faults.isEmpty()) {
            refuseUnfitKey(settings, table, faults, id);
            refuseUnfitModifier(settings, table, faults);
        }
        if (!faults.isEmpty()) {
            throw new UnfitTableException(String.join("; ", faults));
        }
        return schema(id, settings, table);
    }

    private static void refuseUnknownColumns(
            TableSettings settings, TableDescription table, List<String> faults, TableId id) {
        refuseUnknown(settings.place() + ".primary_key", settings.primaryKey(), table, faults, id);
        refuseUnknown(
                settings.place() + ".modifier", settings.modifier().stream().toList(), table, faults, id);
        refuseUnknown(settings.place() + ".columns", settings.include(), table, faults, id);
        refuseUnknown(settings.place() + ".columns", settings.exclude(), table, faults, id);
        List<String> needed = new ArrayList<>(settings.primaryKey());
        settings.modifier().ifPresent(needed::add);
        for (String column : needed) {
            if (!settings.wants(column)) {
                faults.add(settings.place() + ".columns: leaves out '" + column
                        + "', which the key or the modifier needs; let it travel");
            }
        }
    }

    private static void refuseUnknown(
            String place, Iterable<String> columns, TableDescription table, List<String> faults, TableId id) {
        for (String column : columns) {
            if (table.find(column).isEmpty()) {
                faults.add(place + ": '" + column + "' is not a column of " + id + " (it has: " + table.columnNames()
                        + ")");
            }
        }
    }

    private static void refuseUnfitKey(
            TableSettings settings, TableDescription table, List<String> faults, TableId id) {
        if (!table.hasUniqueIndexFor(settings.primaryKey())) {
            String unique = table.uniqueIndexes().stream()
                    .filter(index -> !index.nullable())
                    .map(UniqueIndex::columns)
                    .map(columns -> "(" + String.join(", ", columns) + ")")
                    .collect(Collectors.joining(", "));
            faults.add(settings.place() + ".primary_key: no unique index of " + id + " over NOT NULL columns backs ("
                    + String.join(", ", settings.primaryKey()) + "); "
                    + (unique.isEmpty() ? "it has none: " : "name one of " + unique + ", or ")
                    + "ALTER TABLE " + Quoted.table(id.database(), id.table()) + " ADD UNIQUE ("
                    + Quoted.names(settings.primaryKey()) + ")");
        }
    }

    private static void refuseUnfitModifier(TableSettings settings, TableDescription table, List<String> faults) {
        settings.modifier().flatMap(table::find).ifPresent(column -> {
            if (!column.kind().servesAsModifier()) {
                faults.add(settings.place() + ".modifier: '" + column.name() + "' is of type " + column.type()
                        + "; name a DATETIME, TIMESTAMP, DATE or integer column");
            } else {
                refuseUnfitInitialValue(settings, column, faults);
            }
        });
    }

    private static void refuseUnfitInitialValue(TableSettings settings, Column modifier, List<String> faults) {
        settings.initialValue().ifPresent(value -> {
            if (!isValue(value, modifier)) {
                faults.add(settings.place() + ".initial_value: '" + value + "' is no value of '" + modifier.name()
                        + "', which is of type " + modifier.type() + "; write "
                        + (modifier.kind().isTemporal() ? "2026-01-31 or 2026-01-31 23:59:59" : "a whole number"));
            }
        });
    }

    private static boolean isValue(String text, Column modifier) {
        ModifierOrder order = new ModifierOrder(modifier.kind());
        try {
            long ordinal = order.ordinal(text);
            boolean written =
                    !modifier.kind().isTemporal() || MOMENT.matcher(text).matches();
            return written
                    && (!modifier.kind().isTemporal() || order.time(ordinal).isPresent());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static TableSchema schema(TableId id, TableSettings settings, TableDescription table) {
        List<Column> columns = table.columns().stream()
                .filter(column -> settings.wants(column.name()))
                .toList();
        CreateTable statement = table.statement();
        return new TableSchema(
                id,
                0,
                columns,
                settings.primaryKey().stream().map(name -> spelled(table, name)).toList(),
                settings.modifier().map(name -> spelled(table, name)).orElse(null),
                statement.indexes(),
                statement.foreignKeys(),
                statement.options(),
                table.server(),
                settings.rules());
    }

    private static String spelled(TableDescription table, String name) {
        return table.find(name).map(Column::name).orElse(name);
    }
}
