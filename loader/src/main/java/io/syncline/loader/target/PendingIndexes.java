package io.syncline.loader.target;

import io.syncline.common.mysql.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The indexes that tables of the target are to be given when their first copies are applied, in {@code _syncline_index},
 * where every loader sees them. Stateless.
 */
public final class PendingIndexes {

    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS `_syncline_index` (
              table_name varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
              position int NOT NULL,
              definition text CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
              PRIMARY KEY (table_name, position)
            ) ENGINE=InnoDB COMMENT='Syncline: indexes that tables get when their first copies are applied'""";

    private PendingIndexes() {}

    /** Makes the table where it is missing. */
    public static void create(Database target) throws SQLException {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(CREATE);
        }
    }

    /** In place of what was noted for a former table of that name. */
    static void note(Connection connection, String table, List<String> definitions) throws SQLException {
        forget(connection, table);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO `_syncline_index` (table_name, position, definition) VALUES (?, ?, ?)")) {
            for (int i = 0; i < definitions.size(); i++) {
                insert.setString(1, table);
                insert.setInt(2, i);
                insert.setString(3, definitions.get(i));
                insert.executeUpdate();
            }
        }
    }

    static void forget(Connection connection, String table) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM `_syncline_index` WHERE table_name = ?")) {
            delete.setString(1, table);
            delete.executeUpdate();
        }
    }

    /** By the table's name, what follows ADD in an ALTER TABLE. */
    public static Map<String, List<String>> all(Connection connection) throws SQLException {
        Map<String, List<String>> all = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT table_name, definition FROM `_syncline_index` ORDER BY table_name, position")) {
            while (row.next()) {
                all.computeIfAbsent(row.getString(1), table -> new ArrayList<>())
                        .add(row.getString(2));
            }
        }
        return all;
    }
}
