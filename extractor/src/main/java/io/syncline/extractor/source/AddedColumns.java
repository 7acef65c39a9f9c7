package io.syncline.extractor.source;

import io.syncline.common.model.Column;
import io.syncline.common.model.TableSchema;
import io.syncline.common.mysql.Quoted;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks whether columns that a table did not have in its last version hold anything that the target would not give the
 * rows it has by itself. Only then must the table be copied again, because filling a new column need not move a modifier.
 */
public final class AddedColumns {

    private static final Pattern LITERAL_DEFAULT = Pattern.compile("\\bDEFAULT ([bx]?'|-?\\d)");
    private static final Pattern STORED = Pattern.compile("\\b(STORED|PERSISTENT)\\b");
    private static final Pattern NAME = Pattern.compile("`((?:[^`]|``)+)`");

    private AddedColumns() {}

    public static boolean holdValues(Connection connection, TableSchema before, SourceTable now) throws SQLException {
        for (Column column : now.schema().table().columns()) {
            if (isNew(column, before)
                    && !isComputedByTarget(column, now.schema().table())
                    && holdsValues(connection, now, column)) {
                return true;
            }
        }
        return false;
    }

    /** What was never stored, and is now, is new to the target, too. */
    private static boolean isNew(Column column, TableSchema before) {
        return before.find(column.name())
                .map(was ->
                        was.isGenerated() && !STORED.matcher(was.definition()).find() && !column.isGenerated())
                .orElse(true);
    }

    /** Whether the target computes it from columns that travel. */
    private static boolean isComputedByTarget(Column column, TableSchema table) {
        String expression = column.generated();
        return expression != null
                && NAME.matcher(expression)
                        .results()
                        .allMatch(name ->
                                table.find(name.group(1).replace("``", "`")).isPresent());
    }

    private static boolean holdsValues(Connection connection, SourceTable table, Column column) throws SQLException {
        String from = " FROM " + Quoted.table(table.id().database(), table.id().table());
        // where there is no way to tell, any row is a reason
        String where =
                unexplained(column).map(condition -> " WHERE " + condition).orElse("");
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("/* syncline */ SELECT 1" + from + where + " LIMIT 1")) {
            return row.next();
        }
    }

    /** What rows meet whose value is not the one that the column's definition gives; empty where that cannot be said. */
    private static Optional<String> unexplained(Column column) {
        String name = Quoted.name(column.name());
        if (column.isNullByDefault()) {
            return Optional.of(name + " IS NOT NULL");
        } else if (LITERAL_DEFAULT.matcher(column.definition()).find()) {
            return Optional.of("NOT (" + exact(column, name) + " <=> " + exact(column, "DEFAULT(" + name + ")") + ")");
        }
        return column.mustBeGiven() ? notImplicit(column, name) : Optional.empty();
    }

    /** Not the "implicit default" that the MySQL manual has for each type ("Data Type Default Values"). */
    private static Optional<String> notImplicit(Column column, String name) {
        boolean isPadded = column.type().startsWith("binary");
        return switch (column.kind()) {
            case INT, LONG, UNSIGNED_LONG, DECIMAL, BIT, YEAR, SET -> Optional.of(name + " + 0 <> 0");
            case FLOAT, DOUBLE -> Optional.of(exact(column, name) + " <> '0'");
            case ENUM -> Optional.of(name + " + 0 <> 1");
            case DATE -> Optional.of(name + " <> '0000-00-00'");
            case DATETIME, TIMESTAMP -> Optional.of(name + " <> '0000-00-00 00:00:00'");
            case TIME -> Optional.of(name + " <> '00:00:00'");
            case TEXT -> column.charset() == null ? Optional.empty() : Optional.of("LENGTH(" + name + ") <> 0");
            case BINARY ->
                column.type().startsWith("vector")
                        ? Optional.empty()
                        : Optional.of(
                                isPadded ? "REPLACE(HEX(" + name + "), '0', '') <> ''" : "LENGTH(" + name + ") <> 0");
            case JSON, TYPED_JSON, GEOMETRY -> Optional.empty();
        };
    }

    /** Equal for equal values alone: a collation takes some for one, and so do numbers 0 and -0.0. */
    private static String exact(Column column, String value) {
        return switch (column.kind()) {
            case TEXT -> "CAST(" + value + " AS BINARY)";
            case FLOAT, DOUBLE -> "CAST(" + value + " AS CHAR)";
            case INT,
                    LONG,
                    UNSIGNED_LONG,
                    DECIMAL,
                    BIT,
                    YEAR,
                    ENUM,
                    SET,
                    DATE,
                    DATETIME,
                    TIMESTAMP,
                    TIME,
                    JSON,
                    TYPED_JSON,
                    BINARY,
                    GEOMETRY -> value;
        };
    }
}
