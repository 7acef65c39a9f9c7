package io.syncline.common.mysql;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an error of the server's calls for. The numbers are those of the "MySQL Error Message Reference". */
public enum SqlFault {
    /** It passes: a deadlock, a lock, a server that restarts, fails over or is full for now. */
    TRANSIENT,
    /** One of the rows cannot be stored as the table stands; the others can. */
    ROW,
    /** The table or the statement is at fault, and stays so until someone mends it. */
    TABLE,
    /** Nobody can get in: a wrong password, an unknown database. */
    ACCESS;

    private static final Set<Integer> PASSING = Set.of(
            3, // a file cannot be written
            20, // disk full
            1021, // disk full
            1026, // a file cannot be written
            1037, // out of memory
            1040, // too many connections
            1041, // out of memory
            1053, // server shutdown
            1077, 1114, // the table is full
            1158, // communication errors
            1159, 1160, 1161, 1184, 1203, // too many connections of this user
            1180, // the commit failed
            1205, // lock wait timeout
            1206, // the lock table is full
            1213, // deadlock
            1226, // a user's resources are used up
            1290, // --read-only
            1317, // the statement was killed
            1412, // table definition has changed
            1615, // prepared statement needs to be re-prepared
            1665, // the binary log has come to hold statements, which not all ways of writing go with
            1836, // read-only mode
            1878, // a temporary file cannot be written
            1927, // connection was killed
            3024, 3101, // the members of a replication group disagreed
            3572); // statement aborted for a lock that was not granted at once

    private static final Set<Integer> ROWS = Set.of(
            1048, // column cannot be null
            1062, // duplicate entry
            1118, // row size too large
            1153, // packet bigger than max_allowed_packet
            1261, // too few columns of data
            1262, 1264, // out of range
            1265, // data truncated
            1292, // incorrect value
            1300, // invalid character string
            1364, // no default
            1366, // incorrect value
            1367, 1406, // data too long
            1411, 1416, // no geometry object
            1526, // no partition for the value
            1644, // SIGNAL
            1690, 3140, // invalid JSON
            3156, 3819, // check constraint violated
            4025); // MariaDB's check constraint

    /** The operating system's code for a full disk, as servers put it into messages of whatever number. */
    private static final Pattern DISK_FULL = Pattern.compile("(?i)\\b(error|errno|errcode):?\\s+28\\b");

    private static final Set<Integer> CLOSED = Set.of(1044, 1045, 1049, 1698, 4151);

    public static SqlFault of(SQLException e) {
        SQLException cause = root(e);
        int code = cause.getErrorCode();
        String state = cause.getSQLState() == null ? "" : cause.getSQLState();
        if (ROWS.contains(code) || cause.getClass().getSimpleName().equals("PacketTooBigException")) {
            return ROW;
        } else if (CLOSED.contains(code)) {
            return ACCESS;
        } else if (PASSING.contains(code) || isConnectionLoss(cause, state) || isDiskFull(cause, state)) {
            return TRANSIENT;
        }
        return state.startsWith("22") || state.startsWith("23") ? ROW : TABLE;
    }

    /** The server takes no writes; another one may have been made the primary. */
    static boolean isReadOnly(SQLException e) {
        return e.getErrorCode() == 1290 || e.getErrorCode() == 1836;
    }

    private static boolean isDiskFull(SQLException e, String state) {
        // a state that says more is of a message that may quote a value
        return state.equals("HY000")
                && DISK_FULL.matcher(String.valueOf(e.getMessage())).find();
    }

    private static boolean isConnectionLoss(SQLException e, String state) {
        return state.startsWith("08")
                || state.equals("40001")
                || e instanceof SQLTransientException
                || e instanceof SQLRecoverableException
                || e instanceof SQLNonTransientConnectionException;
    }

    /** The pool wraps what the server said when a connection could not be had. */
    private static SQLException root(SQLException e) {
        SQLException deepest = e;
        for (@Nullable Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException deeper && deeper.getErrorCode() != 0) {
                deepest = deeper;
            }
        }
        return deepest;
    }

    /** The server's own words without the pool's, or what kept it from being reached. */
    public static String message(SQLException e) {
        SQLException cause = root(e);
        if (cause.getErrorCode() != 0) {
            return firstLine(cause) + " (error " + cause.getErrorCode() + ")";
        }
        Throwable deepest = cause;
        for (@Nullable Throwable next = cause.getCause(); next != null; next = next.getCause()) {
            deepest = next;
        }
        return firstLine(deepest);
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse(e.getClass().getSimpleName());
    }
}
