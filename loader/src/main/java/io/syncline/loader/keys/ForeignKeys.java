package io.syncline.loader.keys;

import io.syncline.common.model.TableSchema;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.catalog.Catalog;
import io.syncline.loader.target.ForeignKey;
import io.syncline.loader.target.TargetTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gives target tables the source's foreign keys, each when the first copies of both tables are applied. The loader's
 * sessions do not check them, since rows of different tables and partitions come in any order; other sessions do. Not
 * thread-safe.
 */
final class ForeignKeys {

    private final Catalog catalog;
    private final FirstCopies copies;
    private final TargetTables tables;
    private final Consumer<String> say;

    /** @param say is told what people should know, each as often as it is found */
    ForeignKeys(Catalog catalog, FirstCopies copies, TargetTables tables, Consumer<String> say) {
        this.catalog = catalog;
        this.copies = copies;
        this.tables = tables;
        this.say = say;
    }

    /**
     * Adds what can be added now to a table whose first copy is applied.
     *
     * @param unfinished the target's tables that lack indexes, which a key might need
     * @return whether nothing is left to do
     */
    boolean add(Connection connection, TableSchema table, Set<String> unfinished) throws SQLException {
        boolean all = true;
        for (String clause : table.foreignKeys()) {
            all &= add(connection, table, ForeignKey.parse(clause, table.id()), unfinished);
        }
        return all;
    }

    private boolean add(Connection connection, TableSchema table, ForeignKey key, Set<String> unfinished)
            throws SQLException {
        String topic = catalog.topic(key.referenced());
        Optional<RowSchema> referenced = topic == null ? Optional.empty() : catalog.newest(topic);
        if (topic == null || referenced.isEmpty()) {
            say.accept("a foreign key waits for a table that has not come table=" + table.id() + " key=" + key.name()
                    + " references=" + key.referenced());
            return false;
        }
        if (!travel(key.columns(), table)
                || !travel(key.referencedColumns(), referenced.get().table())) {
            say.accept("a foreign key is left out, since it names columns that do not travel table=" + table.id()
                    + " key=" + key.name());
            return true;
        }
        if (unfinished.contains(tables.name(key.referenced()))
                || !copies.isApplied(connection, topic, key.referenced())) {
            return false;
        }
        tables.addForeignKey(tables.name(table.id()), tables.name(key.referenced()), key);
        return true;
    }

    private static boolean travel(List<String> columns, TableSchema table) {
        return columns.stream().allMatch(column -> table.find(column).isPresent());
    }
}
