package io.syncline.extractor.source;

import io.syncline.common.mysql.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.random.RandomGenerator;
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

    private static final int ACCESS_DENIED = 1227;
    private static final int UNPRINTABLE = 3854;

    private static final String NOW = """
            /* syncline */ SELECT UTC_TIMESTAMP(6),
                   COALESCE(CONVERT_TZ(UTC_TIMESTAMP(6), '+00:00', @@global.time_zone), UTC_TIMESTAMP(6)),
                   @@global.read_only""";

    private static final int LOOKS = 5;
    private static final Duration CACHE_REST = Duration.ofMillis(120);

    private static final String BEGIN = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";

    /**
     * A session's command, a statement of an event's, whose session is one that connects for ever, and what replication waits to begin,
     * which has a statement only where it is replicated as one.
     */
    private static final String RUNS = """
            (COMMAND IN ('Query', 'Execute') OR COMMAND = 'Connect' AND INFO IS NOT NULL OR STATE LIKE 'Waiting for % lock')
                                AND COALESCE(INFO, '') NOT LIKE '/* syncline */%'""";

    private static final String OLDEST = """
            /* syncline */ SELECT
                   (SELECT MAX(TIMESTAMPDIFF(SECOND, trx_started, CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', 'SYSTEM')))
                      FROM information_schema.INNODB_TRX WHERE trx_mysql_thread_id = CONNECTION_ID()),
                   GREATEST(
                   COALESCE((SELECT MAX(IF(trx_mysql_thread_id = 0, %d, TIMESTAMPDIFF(SECOND, trx_started,
                                        CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', 'SYSTEM'))))
                               FROM information_schema.INNODB_TRX
                              WHERE trx_mysql_thread_id <> CONNECTION_ID()
                                AND trx_is_read_only = 0), 0),
                   COALESCE((SELECT MAX(TIME)
                               FROM information_schema.PROCESSLIST
                              WHERE ID <> CONNECTION_ID()
                                AND %s), 0)),
                   (SELECT COUNT(*) FROM information_schema.PROCESSLIST
                     WHERE USER = 'system user' AND COMMAND <> 'Daemon')""".formatted(UNKNOWN_AGE.toSeconds(), RUNS);

    /**
     * MySQL fails to read the tables above where a statement of any session has more than three-byte UTF-8, as an emoji. An event's
     * user is the system here, too; of replication's threads, one at least has no statement.
     */
    private static final String OLDEST_STATEMENT = """
            /* syncline */ SELECT GREATEST(IF(@@performance_schema, 0, %d), COALESCE(MAX(IF(%s, TIME, 0)), 0)),
                   COALESCE(SUM(USER = 'system user' AND COMMAND <> 'Daemon' AND INFO IS NULL), 0)
              FROM performance_schema.processlist
             WHERE ID <> CONNECTION_ID()""".formatted(BLIND_LAG.toSeconds(), RUNS);

    private static final String STATUS = "/* syncline */ SHOW ENGINE INNODB STATUS";

    private static final Pattern ACTIVE =
            Pattern.compile("(?m)^---TRANSACTION \\d+, ACTIVE (\\(PREPARED\\))?.*?(\\d+) sec");

    private final Database source;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private @Nullable SourceMoment last;
    private long lastNanos;
    private boolean blind;
    private boolean replica;
    /** Whether threads of the server's apply what another one wrote; a replica need not be read-only. */
    private boolean applies;

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
            // the clock first: what begins after it is younger, and what is still under way is older than its age says
            SourceMoment moment = now(statement);
            last = moment;
            lastNanos = moment.nanoTime();
            return moment;
        }
    }

    private SourceMoment now(Statement statement) throws SQLException, InterruptedException {
        long began = System.nanoTime();
        LocalDateTime utc;
        LocalDateTime local;
        boolean readOnly;
        try (ResultSet row = statement.executeQuery(NOW)) {
            row.next();
            readOnly = row.getInt(3) != 0;
            utc = row.getObject(1, LocalDateTime.class);
            local = row.getObject(2, LocalDateTime.class);
        }
        Duration oldest = blind ? BLIND_LAG : oldest(statement);
        noteReplica(readOnly || applies);
        return new SourceMoment(utc, local, replica && oldest.compareTo(BLIND_LAG) < 0 ? BLIND_LAG : oldest, began);
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

    private Duration oldest(Statement statement) throws SQLException, InterruptedException {
        try {
            for (int look = 1; look <= LOOKS; look++) {
                Optional<Duration> seen = lookAtTransactions(statement);
                if (seen.isPresent()) {
                    return seen.get().plus(PRECISION);
                }
                // another one's reading renews the cache as well, if only it comes after a rest
                Thread.sleep(CACHE_REST.toMillis() + random.nextLong(CACHE_REST.toMillis()));
            }
            LOG.warn(
                    "innodb_trx at the source is read so often by others that the server does not renew it; the last {} s"
                            + " are read again",
                    BLIND_LAG.toSeconds());
            return BLIND_LAG;
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

    /** The greatest age; empty where the server showed an old picture, in which this look's own transaction is not. */
    private Optional<Duration> lookAtTransactions(Statement statement) throws SQLException {
        statement.execute(BEGIN);
        try {
            return lookAtTables(statement);
        } catch (SQLException e) {
            if (e.getErrorCode() != UNPRINTABLE) {
                throw e;
            }
            return lookAtStatus(statement);
        } finally {
            statement.execute("COMMIT");
        }
    }

    private Optional<Duration> lookAtTables(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(OLDEST)) {
            row.next();
            applies = row.getInt(3) > 0;
            // one of the session's former transactions would be older, or as young as a picture's precision allows
            boolean isFresh = row.getObject(1) != null && row.getLong(1) <= 0;
            return isFresh ? Optional.of(Duration.ofSeconds(Math.max(0, row.getLong(2)))) : Optional.empty();
        }
    }

    /**
     * From what InnoDB prints for people, in which a transaction that only reads counts, too. Empty where there were too many to
     * print.
     */
    private Optional<Duration> lookAtStatus(Statement statement) throws SQLException {
        long oldest;
        try (ResultSet row = statement.executeQuery(OLDEST_STATEMENT)) {
            row.next();
            oldest = row.getLong(1);
            applies = row.getInt(2) > 0;
        }
        try (ResultSet row = statement.executeQuery(STATUS)) {
            row.next();
            String status = row.getString("Status");
            long began = ACTIVE.matcher(status)
                    .results()
                    // whether it is a session's is not told
                    .mapToLong(
                            found -> found.group(1) == null ? Long.parseLong(found.group(2)) : UNKNOWN_AGE.toSeconds())
                    .max()
                    .orElse(0);
            boolean whole = !status.contains("... truncated...");
            return whole ? Optional.of(Duration.ofSeconds(Math.max(oldest, began))) : Optional.empty();
        }
    }
}
