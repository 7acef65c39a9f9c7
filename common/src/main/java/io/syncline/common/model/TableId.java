package io.syncline.common.model;

/** A table of one source database; the name by which both services know it. Compared by exact spelling. */
public record TableId(String database, String table) implements Comparable<TableId> {

    public TableId {
        if (database.isEmpty() || table.isEmpty()) {
            throw new IllegalArgumentException(
                    "a table has a database and a name, not '" + database + "'.'" + table + "'");
        }
    }

    @Override
    public int compareTo(TableId other) {
        int byDatabase = database.compareTo(other.database);
        return byDatabase != 0 ? byDatabase : table.compareTo(other.table);
    }

    @Override
    public String toString() {
        return database + "." + table;
    }
}
