package io.syncline.systemtests.pipeline;

import io.syncline.systemtests.stack.DatabaseServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One database of a server, made for one test. Belongs to the test's thread; {@link #connect} is for others. */
public final class Database implements AutoCloseable {

    private final DatabaseServer server;
    private final String name;
    private final Connection connection;
    private @Nullable String formerSqlMode;

    private Database(DatabaseServer server, String name, Connection connection) {
        this.server = server;
        this.name = name;
        this.connection = connection;
    }

    static Database create(DatabaseServer server, String name) throws SQLException {
        Database database = new Database(server, name, server.connect());
        database.run("DROP DATABASE IF EXISTS " + Sql.name(name), "CREATE DATABASE " + Sql.name(name));
        database.connection.setCatalog(name);
        return database;
    }

    public DatabaseServer server() {
        return server;
    }

    public String name() {
        return name;
    }

    /** A session of its own; the caller closes it. */
    public Connection connect() throws SQLException {
        Connection other = server.connect();
        other.setCatalog(name);
        return other;
    }

    public void run(String... statements) throws SQLException {
        run(connection, statements);
    }

    public static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    public List<List<@Nullable String>> rows(String query) throws SQLException {
        return rows(connection, query);
    }

    public static List<List<@Nullable String>> rows(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<List<@Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(result.getString(column));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /** The first column of every row. */
    public List<@Nullable String> values(String query) throws SQLException {
        List<@Nullable String> values = new ArrayList<>();
        for (List<@Nullable String> row : rows(query)) {
            values.add(row.get(0));
        }
        return values;
    }

    public long number(String query) throws SQLException {
        return Long.parseLong(String.valueOf(values(query).get(0)));
    }

    public boolean isMariaDb() throws SQLException {
        return String.valueOf(values("SELECT VERSION()").get(0)).contains("MariaDB");
    }

    /** For sessions that begin from now on, until this database is closed. */
    public void setGlobalSqlMode(String mode) throws SQLException {
        if (formerSqlMode == null) {
            formerSqlMode = values("SELECT @@GLOBAL.sql_mode").get(0);
        }
        run("SET GLOBAL sql_mode = " + Sql.text(mode));
    }

    public long count(String table) throws SQLException {
        return number("SELECT COUNT(*) FROM " + Sql.name(table));
    }

    public boolean has(String table) throws SQLException {
        return number("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = "
                        + Sql.text(table))
                > 0;
    }

    /** Drops the database and ends the session. */
    @Override
    public void close() throws SQLException {
        connection.close();
        // the server may have been another process when that session began
        try (Connection other = server.connect()) {
            run(other, "DROP DATABASE " + Sql.name(name));
            if (formerSqlMode != null) {
                run(other, "SET GLOBAL sql_mode = " + Sql.text(formerSqlMode));
            }
        }
    }
}
