package io.syncline.extractor.source;

import io.syncline.common.mysql.Database;
import io.syncline.extractor.source.OpenWrites.Open;
import io.syncline.extractor.source.OpenWrites.Running;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the source's clock and at what is under way there. A look is taken before the page it bounds is read, so a
 * transaction that begins between the two is younger than the look; a look shared by several tables is older than it
 * need be, and thereby safe. Thread-safe.
 *
 * <p>{@code trx_started} is printed in the zone of the server's machine, whatever the session's is. {@code innodb_trx} is a
 * cache that the server renews only when nobody, of all its sessions, has read it for 100 ms. A look therefore begins a
 * transaction of its own: a cache that shows it was made since, and one that does not is no look.
 */
public final class SourceClock {

    private static final Logger LOG = LoggerFactory.getLogger(SourceClock.class);
    private static final Duration FRESH = Duration.ofMillis(200);
    /** Ages are in whole seconds. */
    private static final Duration PRECISION = Duration.ofSeconds(1);

    private static final Duration BLIND_LAG = Duration.ofSeconds(60);
    /** Of a transaction that no session has: a prepared one is older than it says when the server has restarted since. */
    private static final Duration UNKNOWN_AGE = Duration.ofDays(30);

    /** Of a transaction: none has it. */
    private static final long NO_SESSION = 0;

    private static final int ACCESS_DENIED = 1227;
    private static final int UNPRINTABLE = 3854;

    private static final int LOOKS = 5;
    private static final Duration CACHE_REST = Duration.ofMillis(120);

    /**
     * The clock, and what runs by then: a session's command, a statement of an event's, whose session is one that connects for ever, and
     * what replication waits to begin, which has a statement only where it is replicated as one.
     */
    private static final String STATEMENTS = """
            /* syncline */ SELECT UTC_TIMESTAMP(6),
                   COALESCE(CONVERT_TZ(UTC_TIMESTAMP(6), '+00:00', @@global.time_zone), UTC_TIMESTAMP(6)),
                   @@global.read_only, @@performance_schema, CONNECTION_ID(), ID, GREATEST(TIME, 0), RUNS, APPLIES
              FROM (SELECT 1) AS ONE
              LEFT JOIN (SELECT ID, TIME,
                                (COMMAND IN ('Query', 'Execute') OR COMMAND = 'Connect' AND INFO IS NOT NULL
                                        OR STATE LIKE 'Waiting for %% lock')
                                    AND COALESCE(INFO, '') NOT LIKE '/* syncline */%%' AS RUNS,
                                USER = 'system user' AND COMMAND <> 'Daemon' %s AS APPLIES
                           FROM %s
                          WHERE ID <> CONNECTION_ID()) AS SESSIONS
                ON RUNS OR APPLIES""";

    private static final String RUNNING = STATEMENTS.formatted("", "information_schema.PROCESSLIST");

    /**
     * MySQL fails to read the table above where a statement of any session has more than three-byte UTF-8, as an emoji. An event's
     * user is the system here, too; of replication's threads, one at least has no statement.
     */
    private static final String RUNNING_UNPRINTABLE =
            STATEMENTS.formatted("AND INFO IS NULL", "performance_schema.processlist");

    private static final String BEGIN = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";

    private static final String TRANSACTIONS = """
            /* syncline */ SELECT trx_id, trx_mysql_thread_id,
                   TIMESTAMPDIFF(SECOND, trx_started, CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', 'SYSTEM'))
              FROM information_schema.INNODB_TRX
             WHERE trx_is_read_only = 0 OR trx_mysql_thread_id = CONNECTION_ID()""";

    private static final String SHOWN_TWICE = """
            /* syncline */ SELECT STAMP IN (CONVERT_TZ(MEANT + INTERVAL 1 HOUR, '+00:00', @@global.time_zone),
                             CONVERT_TZ(MEANT - INTERVAL 1 HOUR, '+00:00', @@global.time_zone))
              FROM (SELECT STAMP, CONVERT_TZ(STAMP, @@global.time_zone, '+00:00') AS MEANT
                      FROM (SELECT CAST(? AS DATETIME(6)) AS STAMP) AS GIVEN) AS CONVERTED""";

    private static final String STATUS = "/* syncline */ SHOW ENGINE INNODB STATUS";

    private static final String TRANSACTION = "---TRANSACTION ";

    /** Its id, whether it is prepared, its age. */
    private static final Pattern ACTIVE = Pattern.compile("^(\\d+), ACTIVE (\\(PREPARED\\))?.*?(\\d+) sec");

    private static final Pattern SESSION = Pattern.compile("(?m)^M\\w+ thread id (\\d+)");

    /**
     * The clock before all else, so that what begins after it is younger, and what is still under way is older than its age says.
     *
     * @param own the session that looks
     * @param replicates whether threads of the server's apply what another one wrote; a replica need not be read-only
     */
    private record Statements(
            LocalDateTime utc,
            LocalDateTime local,
            boolean readOnly,
            boolean performanceSchema,
            long own,
            List<Running> running,
            boolean replicates) {}

    private final Database source;
    private final OpenWrites writes = new OpenWrites();
    private final RandomGenerator random = RandomGenerator.getDefault();
    private @Nullable SourceMoment last;
    private long lastNanos;
    private boolean blind;
    private boolean replica;

    public SourceClock(Database source) {
        this.source = source;
    }

    public synchronized SourceMoment look() throws SQLException, InterruptedException {
        SourceMoment known = last;
        if (known != null && System.nanoTime() - lastNanos < FRESH.toNanos()) {
            return known;
        }
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            SourceMoment moment = now(statement);
            last = moment;
            lastNanos = moment.nanoTime();
            return moment;
        }
    }

    /** Whether the server's clock shows a time twice, as those of the hour in which daylight saving ends. */
    public boolean showsTwice(String time) throws SQLException {
        try (Connection connection = source.connect();
                PreparedStatement statement = connection.prepareStatement(SHOWN_TWICE)) {
            statement.setString(1, time);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Looks again where many short transactions make the last look, which is long ago, count: they are over by then. */
    private SourceMoment now(Statement statement) throws SQLException, InterruptedException {
        SourceMoment moment = once(statement);
        for (int look = 2; look <= LOOKS && writes.isDoubtful(); look++) {
            Thread.sleep(CACHE_REST.toMillis());
            moment = once(statement);
        }
        return moment;
    }

    private SourceMoment once(Statement statement) throws SQLException, InterruptedException {
        long began = System.nanoTime();
        Statements statements = statements(statement);
        Duration oldest = blind ? BLIND_LAG : oldest(statement, statements);
        noteReplica(statements.readOnly() || statements.replicates());
        return new SourceMoment(
                statements.utc(),
                statements.local(),
                replica && oldest.compareTo(BLIND_LAG) < 0 ? BLIND_LAG : oldest,
                began);
    }

    private static Statements statements(Statement statement) throws SQLException {
        try {
            return statements(statement, RUNNING);
        } catch (SQLException e) {
            if (e.getErrorCode() != UNPRINTABLE) {
                throw e;
            }
            Statements printable = statements(statement, RUNNING_UNPRINTABLE);
            if (!printable.performanceSchema()) {
                printable.running().add(new Running(NO_SESSION, BLIND_LAG));
            }
            return printable;
        }
    }

    private static Statements statements(Statement statement, String query) throws SQLException {
        List<Running> running = new ArrayList<>();
        boolean replicates = false;
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            LocalDateTime utc = row.getObject(1, LocalDateTime.class);
            LocalDateTime local = row.getObject(2, LocalDateTime.class);
            boolean readOnly = row.getInt(3) != 0;
            boolean performanceSchema = row.getInt(4) != 0;
            long own = row.getLong(5);
            do {
                if (row.getBoolean(8)) {
                    running.add(new Running(row.getLong(6), Duration.ofSeconds(row.getLong(7))));
                }
                replicates |= row.getBoolean(9);
            } while (row.next());
            return new Statements(utc, local, readOnly, performanceSchema, own, running, replicates);
        }
    }

    private void noteReplica(boolean isOne) {
        if (isOne && !replica) {
            LOG.warn(
                    "the source is read-only or replicates another server: rows come late and carry that one's clock, so the last"
                            + " {} s are read again on every pass; a longer delay needs a lag in tables.json",
                    BLIND_LAG.toSeconds());
        }
        replica = isOne;
    }

    private Duration oldest(Statement statement, Statements statements) throws SQLException, InterruptedException {
        try {
            for (int look = 1; look <= LOOKS; look++) {
                Optional<List<Open>> open = transactions(statement, statements.own());
                if (open.isPresent()) {
                    return writes.oldest(statements.utc(), statements.running(), open.get())
                            .plus(PRECISION);
                }
                // another one's reading renews the cache as well, if only it comes after a rest
                Thread.sleep(CACHE_REST.toMillis() + random.nextLong(CACHE_REST.toMillis()));
            }
            LOG.warn(
                    "innodb_trx at the source is read so often by others that the server does not renew it; until it does, all"
                            + " rows since now are read again on every pass");
            return writes.oldestUnseen(statements.utc()).plus(PRECISION);
        } catch (SQLException e) {
            if (e.getErrorCode() != ACCESS_DENIED) {
                throw e;
            }
            blind = true;
            LOG.warn(
                    "{} may not see which transactions are open at the source, so the last {} s are read again on every"
                            + " pass, and a transaction open for longer can be missed; GRANT PROCESS ON *.* to that user",
                    source.settings().user(),
                    BLIND_LAG.toSeconds());
            return BLIND_LAG;
        }
    }

    /** Of others; empty where the server showed an old picture, in which this look's own transaction is not. */
    private static Optional<List<Open>> transactions(Statement statement, long own) throws SQLException {
        statement.execute(BEGIN);
        try {
            return fromTable(statement, own);
        } catch (SQLException e) {
            if (e.getErrorCode() != UNPRINTABLE) {
                throw e;
            }
            return fromStatus(statement, own);
        } finally {
            statement.execute("COMMIT");
        }
    }

    private static Optional<List<Open>> fromTable(Statement statement, long own) throws SQLException {
        List<Open> open = new ArrayList<>();
        boolean isFresh = false;
        try (ResultSet row = statement.executeQuery(TRANSACTIONS)) {
            while (row.next()) {
                long session = row.getLong(2);
                Duration age = Duration.ofSeconds(Math.max(0, row.getLong(3)));
                if (session != own) {
                    open.add(new Open(row.getString(1), session, session == NO_SESSION ? UNKNOWN_AGE : age));
                } else {
                    // one of the session's former transactions would be older, or as young as a picture's precision
                    // allows
                    isFresh = age.isZero();
                }
            }
        }
        return isFresh ? Optional.of(open) : Optional.empty();
    }

    /**
     * From what InnoDB prints for people, in which a transaction that only reads counts, too. Empty where there were too many to
     * print.
     */
    private static Optional<List<Open>> fromStatus(Statement statement, long own) throws SQLException {
        try (ResultSet row = statement.executeQuery(STATUS)) {
            row.next();
            String status = row.getString("Status");
            List<Open> open = Arrays.stream(status.split(TRANSACTION, -1))
                    .skip(1)
                    .flatMap(printed -> printed(printed).stream())
                    .filter(transaction -> transaction.session() != own)
                    .toList();
            return status.contains("... truncated...") ? Optional.empty() : Optional.of(open);
        }
    }

    private static Optional<Open> printed(String transaction) {
        Matcher active = ACTIVE.matcher(transaction);
        if (!active.find()) {
            return Optional.empty();
        }
        Matcher session = SESSION.matcher(transaction);
        // whether a prepared one is a session's is not told
        boolean isPrepared = active.group(2) != null;
        return Optional.of(new Open(
                active.group(1),
                session.find() ? Long.parseLong(session.group(1)) : NO_SESSION,
                isPrepared ? UNKNOWN_AGE : Duration.ofSeconds(Long.parseLong(active.group(3)))));
    }
}
