package io.syncline.loader.write;

import io.syncline.common.model.Column;
import io.syncline.common.model.Members;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a column that only the target has gets in a new row where it has no default and takes no NULL: the "implicit
 * default" of its type, as the MySQL manual calls it ("Data Type Default Values"), such as a column dropped at the source.
 */
final class ImplicitDefault {

    private static final Pattern SRID = Pattern.compile("\\bSRID (\\d+)");

    private ImplicitDefault() {}

    static String of(Column column) {
        return switch (column.kind()) {
            case INT, LONG, UNSIGNED_LONG, DECIMAL, FLOAT, DOUBLE, BIT, YEAR -> "0";
            case DATE -> "'0000-00-00'";
            case DATETIME, TIMESTAMP -> "'0000-00-00 00:00:00'";
            case TIME -> "'00:00:00'";
            case TEXT -> column.definition().contains("json_valid(") ? "'null'" : text(column.type());
            case BINARY -> column.type().startsWith("vector") ? vector(column.type()) : "''";
            case SET -> "''";
            case JSON, TYPED_JSON -> "'null'";
            case ENUM ->
                "'"
                        + Members.of(column.type())
                                .names()
                                .get(0)
                                .replace("\\", "\\\\")
                                .replace("'", "''") + "'";
            case GEOMETRY -> geometry(column);
        };
    }

    /** MariaDB's own types take no empty text. */
    private static String text(String type) {
        return switch (type) {
            case "uuid" -> "'00000000-0000-0000-0000-000000000000'";
            case "inet4" -> "'0.0.0.0'";
            case "inet6" -> "'::'";
            default -> "''";
        };
    }

    /** As many zeros as it has places, each of four bytes. */
    private static String vector(String type) {
        int places = Integer.parseInt(type.replaceAll("\\D", ""));
        return "x'" + "00000000".repeat(places) + "'";
    }

    /** The least that is of the column's type, in the reference system that it wants. */
    private static String geometry(Column column) {
        String text = switch (column.type()) {
            case "point", "geometry" -> "POINT(0 0)";
            case "linestring" -> "LINESTRING(0 0,1 1)";
            case "polygon" -> "POLYGON((0 0,1 0,1 1,0 0))";
            case "multipoint" -> "MULTIPOINT(0 0)";
            case "multilinestring" -> "MULTILINESTRING((0 0,1 1))";
            case "multipolygon" -> "MULTIPOLYGON(((0 0,1 0,1 1,0 0)))";
            default -> "GEOMETRYCOLLECTION EMPTY";
        };
        Matcher srid = SRID.matcher(column.definition());
        return "ST_GeomFromText('" + text + "'" + (srid.find() ? ", " + srid.group(1) : "") + ")";
    }
}
