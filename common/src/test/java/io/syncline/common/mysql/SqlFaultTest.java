package io.syncline.common.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.exceptions.CommunicationsException;
import com.mysql.cj.jdbc.exceptions.PacketTooBigException;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SqlFaultTest {

    @ParameterizedTest
    @CsvSource({
        "1205, HY000, TRANSIENT",
        "1213, 40001, TRANSIENT",
        "1290, HY000, TRANSIENT",
        "1836, HY000, TRANSIENT",
        "1040, 08004, TRANSIENT",
        "1053, 08S01, TRANSIENT",
        "1021, HY000, TRANSIENT",
        "1026, HY000, TRANSIENT",
        "1037, HY001, TRANSIENT",
        "1041, HY000, TRANSIENT",
        "3, HY000, TRANSIENT",
        "20, HY000, TRANSIENT",
        "1114, HY000, TRANSIENT",
        "1180, HY000, TRANSIENT",
        "1203, 42000, TRANSIENT",
        "1206, HY000, TRANSIENT",
        "1226, 42000, TRANSIENT",
        "1317, 70100, TRANSIENT",
        "1878, HY000, TRANSIENT",
        "3101, 40000, TRANSIENT",
        "1927, 70100, TRANSIENT",
        "3572, HY000, TRANSIENT",
        "0, 08006, TRANSIENT",
        "0, 40001, TRANSIENT",
        "1048, 23000, ROW",
        "1062, 23000, ROW",
        "1264, 22003, ROW",
        "1366, HY000, ROW",
        "1406, 22001, ROW",
        "1526, HY000, ROW",
        "1644, 45000, ROW",
        "3140, 22032, ROW",
        "3819, HY000, ROW",
        "4025, 23000, ROW",
        "9999, 22007, ROW",
        "9999, 23000, ROW",
        "1044, 42000, ACCESS",
        "1045, 28000, ACCESS",
        "1049, 42000, ACCESS",
        "1698, 28000, ACCESS",
        "1054, 42S22, TABLE",
        "1064, 42000, TABLE",
        "1142, 42000, TABLE",
        "1146, 42S02, TABLE",
        "9999, HY000, TABLE",
    })
    void errorsAreClassifiedByNumberAndThenByState(int code, String state, SqlFault fault) {
        assertThat(SqlFault.of(new SQLException("no", state, code))).isEqualTo(fault);
    }

    @Test
    void anErrorWithoutStateIsTheTables() {
        assertThat(SqlFault.of(new SQLException("no"))).isEqualTo(SqlFault.TABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Got error 28 - 'No space left on device' from storage engine",
                "Got error 28 \"No space left on device\" from storage engine InnoDB",
                "Can't create table `shop`.`orders` (errno: 28 \"No space left on device\")",
                "Can't create/write to file '/tmp/MY' (OS errno 28 - No space left on device)",
                "Error writing file './binlog.1' (Errcode: 28 \"No space left on device\")",
            })
    void aFullDiskPassesWhateverStumblesOverIt(String message) {
        assertThat(SqlFault.of(new SQLException(message, "HY000", 1030))).isEqualTo(SqlFault.TRANSIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Got error 168 from storage engine", "Got error 280 from storage engine"})
    void anEnginesOtherErrorsAreTheTables(String message) {
        assertThat(SqlFault.of(new SQLException(message, "HY000", 1030))).isEqualTo(SqlFault.TABLE);
    }

    @Test
    void aLostConnectionPasses() {
        assertThat(SqlFault.of(new CommunicationsException("lost", new IOException("reset"))))
                .isEqualTo(SqlFault.TRANSIENT);
        assertThat(SqlFault.of(new SQLNonTransientConnectionException("closed")))
                .isEqualTo(SqlFault.TRANSIENT);
        assertThat(SqlFault.of(new SQLTransientConnectionException("no connection within 10 s")))
                .isEqualTo(SqlFault.TRANSIENT);
    }

    @Test
    void aPacketThatIsTooBigIsTheRows() {
        assertThat(SqlFault.of(new PacketTooBigException("too big"))).isEqualTo(SqlFault.ROW);
    }

    @Test
    void whatTheServerSaidCountsAndNotThePoolsWrapping() {
        SQLException denied = new SQLException("Access denied for user 'x'\nmore", "28000", 1045);
        SQLException pool = new SQLTransientConnectionException("SOURCE_DB - no connection", denied);

        assertThat(SqlFault.of(pool)).isEqualTo(SqlFault.ACCESS);
        assertThat(SqlFault.message(pool)).isEqualTo("Access denied for user 'x' (error 1045)");
    }

    @Test
    void aBatchFailsAsItsRowDid() {
        SQLException duplicate = new SQLException("Duplicate entry", "23000", 1062);

        assertThat(SqlFault.of(new BatchUpdateException(new int[0], duplicate))).isEqualTo(SqlFault.ROW);
    }

    @Test
    void aMessageWithoutANumberIsTheFirstLineAlone() {
        assertThat(SqlFault.message(new SQLException("one\ntwo"))).isEqualTo("one");
    }
}
