package io.syncline.systemtests.faults;

import io.syncline.systemtests.pipeline.Database;
import io.syncline.systemtests.pipeline.Sql;
import io.syncline.systemtests.pipeline.Topics;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The guarantee that what was broken off leaves nothing behind: no staging table, no row aside, no open transaction, no reject. */
public final class NothingLeft {

    private static final String WRITING = """
            SELECT CONCAT('a transaction of session ', trx_mysql_thread_id) FROM information_schema.innodb_trx
             WHERE trx_rows_modified > 0""";

    private NothingLeft() {}

    public static List<String> violations(Database source, Database target, Topics topics)
            throws SQLException, ExecutionException, InterruptedException {
        List<String> violations = new ArrayList<>();
        for (String table : tables(target)) {
            if (table.startsWith("_syncline_stage_") || table.startsWith("_syncline_old_")) {
                violations.add("target: " + table);
            } else if (table.startsWith("_syncline_aside_") && target(target, table) > 0) {
                violations.add("target: rows in " + table);
            }
        }
        if (target(target, "_syncline_refresh") > 0) {
            violations.add("target: marks of a refresh");
        }
        if (target(target, "_syncline_index") > 0) {
            violations.add("target: indexes to be added");
        }
        for (Database database : List.of(source, target)) {
            Stream<String> open = values(database, WRITING).stream();
            open.map(session -> database.name() + ": " + session).forEach(violations::add);
        }
        topics.openTransactions().forEach(listing -> violations.add("kafka: " + listing));
        long rejects = topics.committed(topics.rejects());
        if (rejects > 0) {
            violations.add(rejects + " rejects");
        }
        return violations;
    }

    private static List<String> tables(Database target) throws SQLException {
        return values(target, "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()");
    }

    private static long target(Database target, String table) throws SQLException {
        return Long.parseLong(
                values(target, "SELECT COUNT(*) FROM " + Sql.name(table)).get(0));
    }

    /** By a session of its own, since the server may be another process than before. */
    private static List<String> values(Database database, String query) throws SQLException {
        try (var connection = database.connect()) {
            List<String> values = new ArrayList<>();
            for (List<@Nullable String> row : Database.rows(connection, query)) {
                values.add(String.valueOf(row.get(0)));
            }
            return values;
        }
    }
}
