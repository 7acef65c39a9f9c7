package io.syncline.systemtests.faults;

import io.syncline.systemtests.pipeline.Database;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Threads that insert, update and hold transactions at the source. Every change of a row makes its {@code version} greater, by SQL of
 * the source's own, so that the versions of a row tell in which order they were committed. Thread-safe.
 */
final class Writers implements AutoCloseable {

    /** Stamped by the database to the microsecond. */
    static final Table ORDERS = Table.table("orders", "id").modifier("updated_at");
    /** Stamped in whole seconds, so that most rows share one. */
    static final Table VISITS = Table.table("visits", "id").modifier("updated_at");
    /** Numbers that are taken in order and committed in any. */
    static final Table COUNTERS = Table.table("counters", "id").modifier("change_no");
    /** A value that no two rows may have, handed on from one to another. */
    static final Table SEATS = Table.table("seats", "id").modifier("updated_at");
    /** No modifier: read whole. */
    static final Table PRICES = Table.table("prices", "id");

    static final List<Table> TABLES = List.of(ORDERS, VISITS, COUNTERS, SEATS, PRICES);

    private static final int THREADS = 3;
    private static final int ROWS = 400;

    private final Database source;
    private final ReadWriteLock turns = new ReentrantReadWriteLock(true);
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger nextId = new AtomicInteger(ROWS);
    private final AtomicLong transactions = new AtomicLong();
    private volatile boolean stopped;

    /** Makes the tables and their first rows. */
    static Writers create(Database source, long seed) throws SQLException {
        source.run(
                """
                CREATE TABLE orders (id INT PRIMARY KEY, version INT NOT NULL DEFAULT 1, note VARCHAR(40), updated_at TIMESTAMP(6)
                  DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), KEY (updated_at), KEY (note))""",
                """
                CREATE TABLE visits (id INT PRIMARY KEY, version INT NOT NULL DEFAULT 1, note VARCHAR(40), updated_at DATETIME
                  DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, KEY (updated_at))""",
                """
                CREATE TABLE counters (id INT PRIMARY KEY, version INT NOT NULL DEFAULT 1, change_no BIGINT NOT NULL,
                  KEY (change_no))""",
                "CREATE TABLE numbers (n BIGINT AUTO_INCREMENT PRIMARY KEY)",
                """
                CREATE TABLE seats (id INT PRIMARY KEY, version INT NOT NULL DEFAULT 1, seat INT UNIQUE, updated_at TIMESTAMP(3)
                  DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), KEY (updated_at))""",
                "CREATE TABLE prices (id INT PRIMARY KEY, version INT NOT NULL DEFAULT 1, note VARCHAR(40), KEY (note))",
                "INSERT INTO orders (id, note) SELECT n, 'first' FROM " + Sql.numbers(ROWS),
                "INSERT INTO visits (id, note) SELECT n, 'first' FROM " + Sql.numbers(ROWS),
                "INSERT INTO counters (id, change_no) SELECT n, 0 FROM " + Sql.numbers(ROWS),
                "INSERT INTO seats (id, seat) SELECT n, n FROM " + Sql.numbers(ROWS / 4),
                "INSERT INTO prices (id, note) SELECT n, 'first' FROM " + Sql.numbers(ROWS));
        return new Writers(source, seed);
    }

    private Writers(Database source, long seed) {
        this.source = source;
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed + i);
            Thread thread = new Thread(() -> write(random), "writer-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void write(Random random) {
        while (!stopped) {
            try (Connection connection = source.connect()) {
                Database.run(connection, "SET innodb_lock_wait_timeout = 2");
                while (!stopped) {
                    turn(connection, random);
                    Thread.sleep(random.nextInt(30));
                }
            } catch (SQLException sourceIsAway) {
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn(Connection connection, Random random) throws SQLException, InterruptedException {
        turns.readLock().lock();
        try {
            connection.setAutoCommit(false);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                change(connection, random);
            }
            if (random.nextInt(40) == 0) {
                // others read and commit past it meanwhile
                Thread.sleep(random.nextInt(4_000));
            }
            if (random.nextInt(8) == 0) {
                connection.rollback();
            } else {
                connection.commit();
                transactions.incrementAndGet();
            }
        } catch (SQLException e) {
            if (e.getErrorCode() != 1213 && e.getErrorCode() != 1205) {
                throw e;
            }
            connection.rollback();
        } finally {
            turns.readLock().unlock();
        }
    }

    private void change(Connection connection, Random random) throws SQLException {
        int id = 1 + random.nextInt(ROWS);
        String note = Sql.text("note " + random.nextInt(1_000_000));
        switch (random.nextInt(10)) {
            case 0 -> insert(connection, "orders", note);
            case 1 -> insert(connection, "visits", note);
            case 2, 3 -> update(connection, "orders", note, id);
            case 4, 5 -> update(connection, "visits", note, id);
            case 6, 7 ->
                Database.run(
                        connection,
                        "UPDATE counters SET version = version + 1, change_no = " + takeNumber(connection)
                                + " WHERE id = " + id);
            case 8 -> swap(connection, random);
            default -> changePrices(connection, random, note, id);
        }
    }

    private void insert(Connection connection, String table, String note) throws SQLException {
        Database.run(
                connection,
                "INSERT INTO " + table + " (id, note) VALUES (" + nextId.incrementAndGet() + ", " + note + ")");
    }

    private static void update(Connection connection, String table, String note, int id) throws SQLException {
        Database.run(
                connection, "UPDATE " + table + " SET version = version + 1, note = " + note + " WHERE id = " + id);
    }

    private static long takeNumber(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO numbers VALUES ()", Statement.RETURN_GENERATED_KEYS);
            try (ResultSet keys = statement.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    private static void swap(Connection connection, Random random) throws SQLException {
        int one = 1 + random.nextInt(ROWS / 4);
        int other = 1 + one % (ROWS / 4);
        Database.run(
                connection,
                "SELECT seat INTO @one FROM seats WHERE id = " + one + " FOR UPDATE",
                "SELECT seat INTO @other FROM seats WHERE id = " + other + " FOR UPDATE",
                "UPDATE seats SET version = version + 1, seat = NULL WHERE id = " + one,
                "UPDATE seats SET version = version + 1, seat = @one WHERE id = " + other,
                "UPDATE seats SET version = version + 1, seat = @other WHERE id = " + one);
    }

    private void changePrices(Connection connection, Random random, String note, int id) throws SQLException {
        switch (random.nextInt(6)) {
            case 0 -> insert(connection, "prices", note);
            case 1 -> Database.run(connection, "DELETE FROM prices WHERE id > " + ROWS + " ORDER BY id LIMIT 1");
            case 2 -> Database.run(connection, "UPDATE prices SET version = version + 1");
            default -> update(connection, "prices", note, id);
        }
    }

    /** How many transactions were committed. */
    long transactions() {
        return transactions.get();
    }

    /** Returns when no transaction is open; none begins until {@link #goOn}. */
    void rest() {
        turns.writeLock().lock();
    }

    /** Lets the writers write again; to be called by the thread that called {@link #rest}. */
    void goOn() {
        turns.writeLock().unlock();
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join(5_000);
        }
    }
}
