package io.syncline.extractor.source;

import io.syncline.common.model.Column;
import io.syncline.common.model.TableSchema;
import io.syncline.common.mysql.Quoted;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/**
 * Looks whether columns that a table did not have in its last version hold anything that the target would not give the
 * rows it has by itself. Only then must the table be copied again, because filling a new column need not move a modifier.
 */
public final class AddedColumns {

    private static final Pattern LITERAL_DEFAULT = Pattern.compile("\\bDEFAULT ('|-?\\d)");

    private AddedColumns() {}

    public static boolean holdValues(Connection connection, TableSchema before, SourceTable now) throws SQLException {
        for (Column column : now.schema().table().columns()) {
            boolean added = before.find(column.name()).isEmpty();
            if (added && !column.isGenerated() && holdsValues(connection, now, column)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holdsValues(Connection connection, SourceTable table, Column column) throws SQLException {
        String name = Quoted.name(column.name());
        String from = " FROM " + Quoted.table(table.id().database(), table.id().table());
        String condition = LITERAL_DEFAULT.matcher(column.definition()).find() || hasNullDefault(column)
                ? " WHERE NOT (" + name + " <=> DEFAULT(" + name + "))"
                // a default that the server computes, or none, leaves no way to tell: then any row is a reason
                : "";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("/* syncline */ SELECT 1" + from + condition + " LIMIT 1")) {
            return row.next();
        }
    }

    private static boolean hasNullDefault(Column column) {
        return column.nullable()
                && (column.defaultValue() == null || column.defaultValue().equalsIgnoreCase("NULL"));
    }
}
