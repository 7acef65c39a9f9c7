package io.syncline.extractor.source;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.Members;
import io.syncline.common.row.CharsetText;
import io.syncline.common.row.MemberNumber;
import org.jspecify.annotations.Nullable;

/**
 * A value to compare a column with, and the SQL around it that makes the comparison exact: left to itself, MySQL compares
 * a number given as text by way of a double, and the members of an ENUM by their names although it sorts them by number.
 * What is cast at once to a number MySQL takes for a number of fewer digits, therefore some are cast to text before.
 *
 * @param value null where the SQL holds it
 */
record Parameter(String sql, @Nullable Object value) {

    static Parameter of(Column column, Object value) {
        return switch (column.kind()) {
            case INT, LONG, YEAR -> new Parameter("CAST(? AS SIGNED)", value);
            case UNSIGNED_LONG, BIT -> new Parameter("CAST(CAST(? AS CHAR) AS UNSIGNED)", value);
            case DECIMAL ->
                new Parameter(
                        "CAST(CAST(? AS CHAR) AS DECIMAL(" + column.precision() + "," + column.scale() + "))", value);
            case FLOAT, DOUBLE -> new Parameter("?", Double.valueOf(value.toString()));
            case DATE -> new Parameter("CAST(? AS DATE)", value);
            case DATETIME, TIMESTAMP -> new Parameter("CAST(? AS DATETIME(6))", value);
            case TIME -> new Parameter("CAST(? AS TIME(6))", value);
            case ENUM, SET ->
                new Parameter("CAST(CAST(? AS CHAR) AS UNSIGNED)", Long.toUnsignedString(number(column, value)));
            case TEXT ->
                // servers do not agree on how to make such a text of bytes
                value instanceof CharsetText text ? new Parameter(text.literal(), null) : new Parameter("?", value);
            case JSON, TYPED_JSON, BINARY, GEOMETRY -> new Parameter("?", value);
        };
    }

    private static long number(Column column, Object value) {
        if (value instanceof MemberNumber member) {
            return member.number();
        }
        Members members = Members.of(column.type());
        String name = value.toString();
        return column.kind() == ColumnKind.ENUM ? members.ordinal(name) : members.bits(name);
    }
}
