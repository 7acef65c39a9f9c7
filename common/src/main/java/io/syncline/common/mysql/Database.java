package io.syncline.common.mysql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.syncline.common.config.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * A pool of sessions with one database, pinned so that values come and go as they are: UTC whatever zone a machine is
 * in, UTF-8 whatever charset a column has, a {@code sql_mode} of ours whatever the server's is, server-prepared
 * statements because only the binary protocol is exact for FLOAT. Thread-safe.
 */
public final class Database implements AutoCloseable {

    /** What sessions are for, which decides how the server treats the values that they write. */
    public enum Use {
        /** Zero and partial dates may be compared with. */
        READ("sql_mode='ALLOW_INVALID_DATES,NO_ENGINE_SUBSTITUTION'"),
        /**
         * A value that does not fit is an error, dates that the source let in are let in, an AUTO_INCREMENT 0 stays 0,
         * foreign keys are the source's business, an ALTER behind a long read gives way instead of blocking others, and a
         * process that stands still in a transaction loses it, and what it has locked, before long.
         */
        WRITE("sql_mode='STRICT_ALL_TABLES,ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION'"
                + ",foreign_key_checks=0,lock_wait_timeout=20,wait_timeout=120");

        private final String variables;

        Use(String variables) {
            this.variables = variables;
        }
    }

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** Well before the server ends them. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

    /** For what sits between and keeps a connection alive that no one answers on; beyond any page or batch. */
    private static final Duration SILENCE = Duration.ofHours(1);

    private final DatabaseSettings settings;
    private final Use use;
    private final HikariDataSource pool;

    /** Opens no connection yet: a server that is not up is met by whoever needs it. */
    public Database(DatabaseSettings settings, Use use, int connections) {
        this.settings = settings;
        this.use = use;
        HikariConfig config = new HikariConfig();
        config.setPoolName(settings.prefix());
        // the name and the password go beside the URL, where no character means anything
        config.setJdbcUrl(url(settings));
        config.setCatalog(settings.name());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setDataSourceProperties(properties(settings, use));
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setExceptionOverride(new KeptSessions());
        config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
        this.pool = new HikariDataSource(config);
    }

    /**
     * The pool takes a session for broken where the server only said that it cannot do what was asked, and keeps one with a
     * server that has become read-only, though another has taken its place under the same name.
     */
    private static final class KeptSessions implements SQLExceptionOverride {
        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException e) {
            if (SqlFault.isReadOnly(e)) {
                return SQLExceptionOverride.Override.MUST_EVICT;
            }
            return "0A000".equals(e.getSQLState())
                    ? SQLExceptionOverride.Override.DO_NOT_EVICT
                    : SQLExceptionOverride.Override.CONTINUE_EVICT;
        }
    }

    private static String url(DatabaseSettings settings) {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return "jdbc:mysql://" + host + ":" + settings.port() + "/";
    }

    private static Properties properties(DatabaseSettings settings, Use use) {
        Properties properties = new Properties();
        properties.put("sslMode", settings.sslMode().name());
        properties.put("sessionVariables", use.variables + ",time_zone='+00:00',net_write_timeout=600");
        properties.put("connectionTimeZone", "UTC");
        properties.put("characterEncoding", "UTF-8");
        // left to itself the driver has every column sent in the column's own charset
        properties.put("characterSetResults", "UTF-8");
        properties.put("tinyInt1isBit", "false");
        properties.put("yearIsDateType", "false");
        properties.put("useServerPrepStmts", "true");
        properties.put("emulateUnsupportedPstmts", "false");
        properties.put("cachePrepStmts", "true");
        properties.put("prepStmtCacheSize", "64");
        properties.put("prepStmtCacheSqlLimit", "65536");
        properties.put("useLocalSessionState", "true");
        properties.put("cacheServerConfiguration", "true");
        properties.put("netTimeoutForStreamingResults", "0");
        properties.put("allowPublicKeyRetrieval", "true");
        properties.put("connectTimeout", Long.toString(CONNECT_TIMEOUT.toMillis()));
        properties.put("socketTimeout", Long.toString(SILENCE.toMillis()));
        properties.put("tcpKeepAlive", "true");
        properties.put("socketFactory", WatchedSocketFactory.class.getName());
        if (use == Use.WRITE) {
            properties.put("allowLoadLocalInfile", "true");
        }
        return properties;
    }

    /** A session beside the pool, which would try for a while before it said why the server lets nobody in. */
    public Connection connectAtOnce() throws SQLException {
        Properties properties = properties(settings, use);
        properties.put("user", settings.user());
        properties.put("password", settings.password());
        Connection connection = DriverManager.getConnection(url(settings), properties);
        try {
            connection.setCatalog(settings.name());
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** A session of the pool; closing it gives it back. */
    public Connection connect() throws SQLException {
        return pool.getConnection();
    }

    /** A session for statements that may take as long as they like, such as an ALTER of a large table. */
    public Connection connectForLong() throws SQLException {
        Connection connection = connect();
        try {
            connection.setNetworkTimeout(Runnable::run, 0);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    public DatabaseSettings settings() {
        return settings;
    }

    @Override
    public void close() {
        pool.close();
    }
}
