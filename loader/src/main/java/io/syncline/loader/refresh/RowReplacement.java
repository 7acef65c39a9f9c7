package io.syncline.loader.refresh;

import io.syncline.common.model.Column;
import io.syncline.common.mysql.Quoted;
import io.syncline.common.mysql.SqlFault;
import io.syncline.loader.target.CopiedColumn;
import io.syncline.loader.target.TargetTable;
import io.syncline.loader.target.UnfitTargetException;
import io.syncline.loader.write.StoredRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Deletes all rows of a table and inserts those of a staging table in one transaction, since triggers and foreign keys stay
 * with a table's name and would not follow a swap. Rows that a trigger refuses are found by halving, over numbers that the
 * staging table's keys are given, and left out. Not thread-safe.
 */
final class RowReplacement {

    private static final String NUMBERS = "_syncline_numbers";
    private static final String NUMBER = Quoted.name("_syncline_number");

    private final Connection connection;
    private final TargetTable table;
    private final String staging;
    private final String numbers;
    private final String insert;

    /** @param staging quoted */
    RowReplacement(Connection connection, TargetTable table, String staging) {
        this.connection = connection;
        this.table = table;
        this.staging = staging;
        this.numbers = Quoted.table(table.database(), NUMBERS);
        List<Column> given = table.storedColumns();
        this.insert = "INSERT INTO " + table.quoted() + " ("
                + Quoted.names(given.stream().map(Column::name).toList()) + ") SELECT "
                + given.stream().map(column -> CopiedColumn.from("s", column)).collect(Collectors.joining(", "))
                + " FROM ";
    }

    /**
     * A row that stays out.
     *
     * @param from what it can be selected from until the transaction ends
     */
    record Refused(String from, String reason) {}

    /** Takes what is refused, before the rest is committed. */
    interface Refusals {
        void accept(List<Refused> refused) throws SQLException, InterruptedException;
    }

    void run(Refusals refusals) throws SQLException, InterruptedException {
        connection.setAutoCommit(false);
        try {
            delete();
            List<Refused> refused = insert();
            if (!refused.isEmpty()) {
                refusals.accept(refused);
            }
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        execute("DROP TEMPORARY TABLE IF EXISTS " + numbers);
    }

    private void delete() throws SQLException {
        try {
            execute("DELETE FROM " + table.quoted());
        } catch (SQLException e) {
            if (SqlFault.of(e) != SqlFault.ROW) {
                throw e;
            }
            throw new UnfitTargetException(
                    "a refresh of " + table.name() + " replaces its rows, for triggers or foreign keys hang on it, and"
                            + " may not delete them: " + SqlFault.message(e) + "; mend the trigger that refuses it");
        }
    }

    private List<Refused> insert() throws SQLException {
        List<Refused> refused = new ArrayList<>();
        if (refusal(staging + " s").isPresent()) {
            insert(1, 1 + number(), refused);
        }
        return refused;
    }

    /** Why a trigger refuses one of the rows, of which none is inserted then; empty where all are. */
    private Optional<String> refusal(String from) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            execute(insert + from);
            connection.releaseSavepoint(before);
            return Optional.empty();
        } catch (SQLException e) {
            if (SqlFault.of(e) != SqlFault.ROW) {
                throw e;
            }
            connection.rollback(before);
            return Optional.of(SqlFault.message(e));
        }
    }

    /** Gives each row a number, from 1 on. How many there are. */
    private int number() throws SQLException {
        execute("DROP TEMPORARY TABLE IF EXISTS " + numbers);
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("CREATE TEMPORARY TABLE " + numbers + " (" + NUMBER
                    + " BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY) SELECT "
                    + Quoted.names(table.schema().table().primaryKey()) + " FROM " + staging);
        }
    }

    private void insert(int from, int to, List<Refused> refused) throws SQLException {
        Optional<String> reason = refusal(numbered(from, to));
        if (reason.isEmpty()) {
            return;
        }
        if (to - from == 1) {
            refused.add(new Refused(alone(from), reason.get()));
            return;
        }
        int middle = (from + to) / 2;
        insert(from, middle, refused);
        insert(middle, to, refused);
    }

    private String numbered(int from, int to) {
        return numbers + " k JOIN " + staging + " s ON " + table.sameKey("s", "k") + " WHERE k." + NUMBER + " >= "
                + from + " AND k." + NUMBER + " < " + to;
    }

    /** From the table itself: MySQL's JSON_TABLE does not take a column of a derived table. */
    private String alone(int number) {
        String key = Quoted.names(table.schema().table().primaryKey());
        return staging + " " + StoredRows.ROW + " WHERE (" + key + ") IN (SELECT " + key + " FROM " + numbers
                + " WHERE " + NUMBER + " = " + number + ")";
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
