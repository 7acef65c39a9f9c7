package io.syncline.loader;

import com.mysql.cj.jdbc.JdbcStatement;
import io.syncline.common.config.DatabaseSettings;
import io.syncline.common.mysql.Database;
import io.syncline.common.mysql.TableDescription;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A database server that is none: it notes the SQL that comes and answers as it was told. What it was told last counts.
 * Its sessions are had directly or through a {@link Database}. Thread-safe.
 */
public final class FakeServer implements AutoCloseable {

    private static final Map<String, FakeServer> BY_URL = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int SHOWN = 2_000;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Map<String, Runnable> meanwhile = new ConcurrentHashMap<>();
    private final String host = "fake-" + COUNT.incrementAndGet();
    private final List<Database> pools = new CopyOnWriteArrayList<>();
    private volatile String version = "8.4.0";

    /** What a statement yields that holds a certain text: rows, a count, or an error. */
    private record Rule(
            String part,
            List<Map<String, Object>> rows,
            int count,
            @Nullable SQLException error) {}

    static {
        putFirst(new FakeDriver());
    }

    public FakeServer() {
        BY_URL.put("jdbc:mysql://" + host + ":3306/", this);
        yields("@@session", Map.of("1", 1));
        yields("_LOCK(", Map.of("1", 1));
    }

    /** The driver manager asks the drivers in the order in which they came. */
    private static void putFirst(Driver first) {
        try {
            List<Driver> others = Collections.list(DriverManager.getDrivers());
            for (Driver other : others) {
                DriverManager.deregisterDriver(other);
            }
            DriverManager.registerDriver(first);
            for (Driver other : others) {
                DriverManager.registerDriver(other);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Queries that hold this text have these rows: from a label, or a position from 1, to a value. */
    public FakeServer yields(String part, List<Map<String, Object>> rows) {
        rules.add(0, new Rule(part, rows, rows.size(), null));
        return this;
    }

    public FakeServer yields(String part, Map<String, Object> row) {
        return yields(part, List.of(row));
    }

    /** Updates that hold this text change so many rows; all others change one. */
    public FakeServer changes(String part, int count) {
        rules.add(0, new Rule(part, List.of(), count, null));
        return this;
    }

    public FakeServer refuses(String part, String message, String state, int code) {
        rules.add(0, new Rule(part, List.of(), 0, new SQLException(message, state, code)));
        return this;
    }

    /** Does something while the first statement that holds this text is in hand. */
    public void meanwhile(String part, Runnable what) {
        meanwhile.put(part, what);
    }

    public FakeServer version(String version) {
        this.version = version;
        return this;
    }

    /** Takes back the rules for this text. */
    public void forget(String part) {
        rules.removeIf(rule -> rule.part().equals(part));
    }

    /** Lets the catalogue tell of a table. */
    public FakeServer holds(String table, TableDescription description) {
        String columns = String.join(
                ", ",
                description.columns().stream()
                        .map(column -> "`" + column.name() + "` " + column.definition())
                        .toList());
        yields(
                "SHOW CREATE TABLE `copy`.`" + table + "`",
                Map.of("1", table, "2", "CREATE TABLE `" + table + "` (" + columns + ") ENGINE=InnoDB"));
        rules.add(0, catalogue("FROM information_schema.COLUMNS", table, columns(description)));
        rules.add(0, catalogue("FROM information_schema.STATISTICS", table, indexes(description)));
        return yields("information_schema.TRIGGERS", Map.of("1", 0));
    }

    private static Rule catalogue(String from, String table, List<Map<String, Object>> rows) {
        return new Rule(from + "\n" + table, rows, rows.size(), null);
    }

    private static List<Map<String, Object>> columns(TableDescription description) {
        List<Map<String, Object>> rows = new ArrayList<>();
        description.columns().forEach(column -> {
            Map<String, Object> row = new TreeMap<>();
            row.put("COLUMN_NAME", column.name());
            row.put("COLUMN_TYPE", column.type());
            row.put("DATA_TYPE", column.type().replaceFirst("\\W.*", ""));
            row.put("IS_NULLABLE", column.nullable() ? "YES" : "NO");
            row.put("COLUMN_COMMENT", "");
            row.put("ORDINAL_POSITION", column.position());
            String charset = column.charset();
            if (charset != null) {
                row.put("CHARACTER_SET_NAME", charset);
            }
            rows.add(row);
        });
        return rows;
    }

    private static List<Map<String, Object>> indexes(TableDescription description) {
        List<Map<String, Object>> rows = new ArrayList<>();
        description
                .uniqueIndexes()
                .forEach(index -> index.columns()
                        .forEach(column -> rows.add(Map.of(
                                "INDEX_NAME",
                                index.name(),
                                "COLUMN_NAME",
                                column,
                                "NULLABLE",
                                index.nullable() ? "YES" : ""))));
        return rows;
    }

    /** All that was run, in order, with what was bound to it, and how transactions ended. */
    public List<String> log() {
        return List.copyOf(log);
    }

    /** Of {@link #log} what begins so. */
    public List<String> log(String beginning) {
        return log.stream().filter(line -> line.startsWith(beginning)).toList();
    }

    public void clearLog() {
        log.clear();
    }

    public Connection connect() {
        return fake(Connection.class, new Session());
    }

    /** A pool of its sessions, for the database {@code copy}. */
    public Database database() {
        Database database = new Database(
                new DatabaseSettings("TARGET_DB", host, 3306, "copy", "writer", ""), Database.Use.WRITE, 4);
        pools.add(database);
        return database;
    }

    @Override
    public void close() {
        pools.forEach(Database::close);
        BY_URL.remove("jdbc:mysql://" + host + ":3306/");
    }

    private Rule run(String sql, Map<Integer, String> bound) throws SQLException {
        String text = sql.strip().replaceAll("\\s+", " ");
        log.add(bound.isEmpty() ? text : text + " " + bound.values());
        meanwhile.keySet().stream()
                .filter(text::contains)
                .findAny()
                .map(meanwhile::remove)
                .ifPresent(Runnable::run);
        for (Rule rule : rules) {
            // a rule of two lines: the statement's text, and a value that is bound
            List<String> parts = rule.part().lines().toList();
            if (text.contains(parts.get(0)) && (parts.size() == 1 || bound.containsValue(parts.get(1)))) {
                if (rule.error() != null) {
                    throw rule.error();
                }
                return rule;
            }
        }
        if (text.startsWith("SHOW CREATE TABLE")) {
            throw new SQLException("no such table", "42S02", 1146);
        }
        return new Rule("", List.of(), 1, null);
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(FakeServer.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** What a method gives back that nobody asked to give anything. */
    private static @Nullable Object nothing(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "toString" -> "fake";
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> arguments != null && proxy == arguments[0];
            default -> {
                Class<?> type = method.getReturnType();
                yield type == boolean.class
                        ? (Object) false
                        : type == int.class ? (Object) 0 : type == long.class ? (Object) 0L : null;
            }
        };
    }

    private final class Session implements InvocationHandler {

        private boolean autoCommit = true;

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
            Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
            return switch (method.getName()) {
                case "isValid" -> true;
                case "getAutoCommit" -> autoCommit;
                case "setAutoCommit" -> {
                    autoCommit = Boolean.TRUE.equals(first);
                    yield null;
                }
                case "createStatement" -> fake(JdbcStatement.class, new Statement(""));
                case "prepareStatement" -> fake(PreparedStatement.class, new Statement(String.valueOf(first)));
                case "getMetaData" -> fake(DatabaseMetaData.class, this::metaData);
                case "setSavepoint" -> fake(Savepoint.class, FakeServer::nothing);
                case "commit" -> {
                    log.add("COMMIT");
                    yield null;
                }
                case "rollback" -> {
                    log.add(first == null ? "ROLLBACK" : "ROLLBACK TO SAVEPOINT");
                    yield null;
                }
                default -> nothing(proxy, method, arguments);
            };
        }

        private @Nullable Object metaData(Object proxy, Method method, Object @Nullable [] arguments)
                throws SQLException {
            return switch (method.getName()) {
                case "getDatabaseProductVersion" -> version;
                case "getTables" -> {
                    Object[] given = arguments == null ? new Object[3] : arguments;
                    yield rows(run("getTables " + given[2], Map.of()).rows());
                }
                default -> nothing(proxy, method, arguments);
            };
        }
    }

    private static ResultSet rows(List<Map<String, Object>> rows) {
        int[] position = {-1};
        return fake(ResultSet.class, (proxy, method, arguments) -> {
            String name = method.getName();
            if (name.equals("next")) {
                return ++position[0] < rows.size();
            } else if (name.equals("getMetaData")) {
                return fake(
                        ResultSetMetaData.class,
                        (it, asked, of) -> asked.getName().equals("getColumnLabel") ? "Table" : nothing(it, asked, of));
            } else if (!name.startsWith("get") || arguments == null) {
                return nothing(proxy, method, arguments);
            }
            Object value = rows.get(position[0]).get(String.valueOf(arguments[0]));
            return switch (name) {
                case "getString" -> value == null ? null : value.toString();
                case "getInt" -> value instanceof Number number ? number.intValue() : 0;
                case "getLong" -> value instanceof Number number ? number.longValue() : 0L;
                default -> nothing(proxy, method, arguments);
            };
        });
    }

    private final class Statement implements InvocationHandler {

        private final String prepared;
        private final Map<Integer, String> bound = new TreeMap<>();

        Statement(String prepared) {
            this.prepared = prepared;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
            String name = method.getName();
            if (name.equals("unwrap")) {
                return proxy;
            } else if (name.equals("setLocalInfileInputStream") && arguments != null) {
                if (arguments[0] == null) {
                    bound.remove(1);
                } else {
                    bound.put(1, file((InputStream) arguments[0]));
                }
                return null;
            } else if (name.startsWith("set") && arguments != null && arguments.length == 2) {
                bound.put((Integer) arguments[0], shown(arguments[1]));
                return null;
            }
            String sql = arguments == null ? prepared : String.valueOf(arguments[0]);
            return switch (name) {
                case "execute" -> {
                    run(sql, bound);
                    yield false;
                }
                case "executeUpdate" -> run(sql, bound).count();
                case "executeQuery" -> rows(run(sql, bound).rows());
                default -> nothing(proxy, method, arguments);
            };
        }
    }

    private static String file(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shown(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.length > SHOWN
                    ? bytes.length + " bytes"
                    : "x'" + HexFormat.of().formatHex(bytes) + "'";
        }
        String text = String.valueOf(value);
        return text.length() > SHOWN ? text.length() + " characters" : text;
    }

    private static final class FakeDriver implements Driver {

        @Override
        public @Nullable Connection connect(String url, Properties info) {
            FakeServer server = BY_URL.get(url);
            return server == null ? null : server.connect();
        }

        @Override
        public boolean acceptsURL(String url) {
            return BY_URL.containsKey(url);
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }
}
