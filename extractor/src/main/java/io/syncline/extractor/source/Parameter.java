package io.syncline.extractor.source;

import io.syncline.common.model.Column;
import io.syncline.common.mysql.Members;

/**
 * A value to compare a column with, and the SQL around it that makes the comparison exact: left to itself, MySQL compares
 * a number given as text by way of a double, and the members of an ENUM by their names although it sorts them by number.
 */
record Parameter(String sql, Object value) {

    static Parameter of(Column column, Object value) {
        return switch (column.kind()) {
            case INT, LONG, YEAR -> new Parameter("CAST(? AS SIGNED)", value);
            case UNSIGNED_LONG, BIT -> new Parameter("CAST(? AS UNSIGNED)", value);
            case DECIMAL ->
                new Parameter("CAST(? AS DECIMAL(" + column.precision() + "," + column.scale() + "))", value);
            case FLOAT, DOUBLE -> new Parameter("?", Double.valueOf(value.toString()));
            case DATE -> new Parameter("CAST(? AS DATE)", value);
            case DATETIME, TIMESTAMP -> new Parameter("CAST(? AS DATETIME(6))", value);
            case TIME -> new Parameter("CAST(? AS TIME(6))", value);
            case ENUM ->
                new Parameter(
                        "CAST(? AS UNSIGNED)",
                        Integer.toString(Members.of(column.type()).ordinal(value.toString())));
            case SET ->
                new Parameter(
                        "CAST(? AS UNSIGNED)",
                        Long.toUnsignedString(Members.of(column.type()).bits(value.toString())));
            case TEXT, JSON, BINARY, GEOMETRY -> new Parameter("?", value);
        };
    }
}
