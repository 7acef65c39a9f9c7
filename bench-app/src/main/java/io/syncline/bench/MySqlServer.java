package io.syncline.bench;

import io.syncline.systemtests.stack.Containers;
import io.syncline.systemtests.stack.DatabaseServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.mysql.MySQLContainer;

/** A MySQL server in a container, and its command line. */
record MySqlServer(MySQLContainer container, DatabaseServer address) {

    static MySqlServer of(MySQLContainer started) {
        DatabaseServer published = Containers.server(started);
        return new MySqlServer(
                started,
                new DatabaseServer(
                        Docker.address(started.getContainerId()),
                        MySQLContainer.MYSQL_PORT,
                        published.user(),
                        published.password()));
    }

    /** The server's process, as this machine numbers it. */
    long pid() {
        return Docker.pid(container.getContainerId());
    }

    Connection connect(String database) throws SQLException {
        Connection connection = address.connect();
        if (!database.isEmpty()) {
            connection.setCatalog(database);
        }
        return connection;
    }

    void run(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    String value(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    void localInfile(boolean on) throws SQLException {
        run("", "SET GLOBAL local_infile = " + (on ? "ON" : "OFF"));
    }

    void createEmpty(String database) throws SQLException {
        run("", "DROP DATABASE IF EXISTS " + database, "CREATE DATABASE " + database);
    }

    /** Runs a command of the shell's in the container. @return the seconds of CPU that it and its children took */
    double shell(String command) throws IOException, InterruptedException {
        String timed = "export MYSQL_PWD='" + address.password() + "' TIMEFORMAT='%U %S'; time { " + command + "; }";
        ExecResult result = container.execInContainer("bash", "-o", "pipefail", "-c", timed);
        if (result.getExitCode() != 0) {
            throw new IllegalStateException(command + ": " + result.getStderr());
        }
        String[] lines = result.getStderr().strip().split("\n");
        String[] times = lines[lines.length - 1].split(" ");
        return Double.parseDouble(times[0]) + Double.parseDouble(times[1]);
    }
}
