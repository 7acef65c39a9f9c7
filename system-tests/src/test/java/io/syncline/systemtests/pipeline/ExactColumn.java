package io.syncline.systemtests.pipeline;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A column of one side, and the SQL that gives each distinct value a distinct text, past every conversion of a driver. */
record ExactColumn(String name, String type, String charset) {

    private static final Set<String> TEXTS =
            Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "uuid", "inet4", "inet6");
    private static final Set<String> BYTES = Set.of(
            "binary",
            "varbinary",
            "tinyblob",
            "blob",
            "mediumblob",
            "longblob",
            "bit",
            "vector",
            "geometry",
            "point",
            "linestring",
            "polygon",
            "multipoint",
            "multilinestring",
            "multipolygon",
            "geometrycollection",
            "geomcollection");
    /** Of which the servers' own conversion to Unicode loses some. */
    private static final Set<String> BEYOND_UNICODE =
            Set.of("sjis", "cp932", "gbk", "gb2312", "big5", "euckr", "ujis", "eucjpms", "ucs2", "hebrew", "swe7");

    private static final int SHOWN_WHOLE = 1000;

    /** A table's columns except those that loaders add; none where there is no such table. */
    static List<ExactColumn> of(Connection connection, String table) throws SQLException {
        return Database.rows(
                        connection,
                        "SELECT column_name, data_type, character_set_name FROM information_schema.columns WHERE table_schema = DATABASE()"
                                + " AND table_name = " + Sql.text(table)
                                + " AND column_name NOT LIKE '\\_dlt\\_%' ORDER BY ordinal_position")
                .stream()
                .map(ExactColumn::of)
                .toList();
    }

    private static ExactColumn of(List<@Nullable String> row) {
        return new ExactColumn(
                String.valueOf(row.get(0)),
                String.valueOf(row.get(1)).toLowerCase(Locale.ROOT),
                String.valueOf(row.get(2)));
    }

    static Optional<ExactColumn> find(List<ExactColumn> columns, String name) {
        return columns.stream()
                .filter(column -> column.name.equalsIgnoreCase(name))
                .findFirst();
    }

    /** This column where its values shall be those of another one, which may have JSON as text. */
    ExactColumn besides(ExactColumn other) {
        return type.equals("json") && !other.type.equals("json") ? new ExactColumn(name, "longtext", charset) : this;
    }

    String expression() {
        String quoted = Sql.name(name);
        if (BYTES.contains(type)) {
            return digestOfLong(quoted, "HEX(" + quoted + ")");
        }
        if (BEYOND_UNICODE.contains(charset)) {
            return digestOfLong(quoted, "HEX(" + quoted + ")");
        }
        if (TEXTS.contains(type)) {
            return digestOfLong(quoted, "CONVERT(" + quoted + " USING utf8mb4)");
        }
        return switch (type) {
            // its own text shows six digits
            case "float" -> "CAST(CAST(" + quoted + " AS DOUBLE) AS CHAR)";
            // the error value '' and a member '' have one name and two numbers
            case "enum", "set" ->
                "CONCAT(CAST(" + quoted + " AS UNSIGNED), ' ', CONVERT(" + quoted + " USING utf8mb4))";
            case "json" ->
                "CONCAT_WS(' ', SHA2(" + quoted + ", 256), LEFT(" + quoted + ", " + SHOWN_WHOLE + "), JSON_TYPE("
                        + quoted + "), " + jsonTypes(quoted, "$**.*") + ", " + jsonTypes(quoted, "$**[*]") + ")";
            default -> "CAST(" + quoted + " AS CHAR)";
        };
    }

    private static String jsonTypes(String quoted, String path) {
        return "(SELECT SHA2(JSON_ARRAYAGG(JSON_ARRAY(v, JSON_TYPE(v))), 256) FROM JSON_TABLE(" + quoted + ", '" + path
                + "' COLUMNS (v JSON PATH '$')) j)";
    }

    private static String digestOfLong(String quoted, String exact) {
        return "IF(LENGTH(" + quoted + ") > " + SHOWN_WHOLE + ", CONCAT(LENGTH(" + quoted
                + "), ' bytes, SHA-256 ', SHA2(" + quoted + ", 256)), " + exact + ")";
    }
}
