package io.syncline.loader.write;

import io.syncline.common.model.Column;
import io.syncline.common.mysql.Quoted;
import io.syncline.loader.target.OwnColumns;
import io.syncline.loader.target.TargetTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What the target has of a row under another spelling of its key, as there may be where a collation takes {@code Ab} and
 * {@code ab} for one: such a version has a key of its own on the topic, and only the loads tell which is newer. Stateless.
 */
public final class OtherSpelling {

    private static final String EVENT = "_syncline_event";

    private OtherSpelling() {}

    /** How old the target's version is. */
    public enum Age {
        /** Or there is none. */
        OLDER,
        SAME_LOAD,
        NEWER
    }

    /** Asked in the transaction that is to write the event. Errors are those of writing it. */
    public static Age of(Connection connection, TargetTable table, RowEvent event) throws SQLException {
        if (!table.hasCollatedKey() || table.ownColumns().size() < 2) {
            return Age.OLDER;
        }
        String copy = Quoted.table(table.database(), EVENT);
        String columns =
                Quoted.names(table.storedColumns().stream().map(Column::name).toList());
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TEMPORARY TABLE IF EXISTS " + copy);
            // the server itself compares keys, each kind of column by its own rules
            statement.execute("CREATE TEMPORARY TABLE " + copy + " SELECT " + columns + " FROM " + table.quoted()
                    + " WHERE FALSE");
            new InsertWriter(table, copy, false).write(connection, List.of(event));
            Age age = compare(statement, table, copy);
            statement.execute("DROP TEMPORARY TABLE " + copy);
            return age;
        }
    }

    private static Age compare(Statement statement, TargetTable table, String copy) throws SQLException {
        String id = Quoted.name(OwnColumns.ID);
        try (ResultSet row =
                statement.executeQuery("SELECT SIGN(" + load("t") + " - " + load("e") + ") FROM " + table.quoted()
                        + " t JOIN " + copy + " e ON " + table.sameKey("t", "e") + " WHERE t." + id + " <> e." + id)) {
            if (!row.next() || row.getInt(1) < 0) {
                return Age.OLDER;
            }
            return row.getInt(1) == 0 ? Age.SAME_LOAD : Age.NEWER;
        }
    }

    private static String load(String alias) {
        return "CAST(" + alias + "." + Quoted.name(OwnColumns.LOAD_ID) + " AS DECIMAL(20, 7))";
    }
}
