package io.syncline.loader.write;

import io.syncline.common.model.Column;
import io.syncline.common.mysql.Members;

/**
 * What a column that only the target has gets in a new row where it has no default and takes no NULL: the "implicit
 * default" of its type, as the MySQL manual calls it ("Data Type Default Values"), such as a column dropped at the source.
 */
final class ImplicitDefault {

    private ImplicitDefault() {}

    static String of(Column column) {
        return switch (column.kind()) {
            case INT, LONG, UNSIGNED_LONG, DECIMAL, FLOAT, DOUBLE, BIT, YEAR -> "0";
            case DATE -> "'0000-00-00'";
            case DATETIME, TIMESTAMP -> "'0000-00-00 00:00:00'";
            case TIME -> "'00:00:00'";
            case TEXT, BINARY, SET -> "''";
            case JSON -> "'null'";
            case ENUM ->
                "'"
                        + Members.of(column.type())
                                .names()
                                .get(0)
                                .replace("\\", "\\\\")
                                .replace("'", "''") + "'";
            case GEOMETRY -> "ST_GeomFromText('GEOMETRYCOLLECTION EMPTY')";
        };
    }
}
