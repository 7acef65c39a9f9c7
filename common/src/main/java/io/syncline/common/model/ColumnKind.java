package io.syncline.common.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the values of a MySQL type travel: one kind for each Avro form. The rule is {@link #of}. */
public enum ColumnKind {
    /** Integers that fit 32 signed bits, and YEAR. */
    INT,
    /** INT UNSIGNED and BIGINT. */
    LONG,
    UNSIGNED_LONG,
    DECIMAL,
    FLOAT,
    DOUBLE,
    BIT,
    YEAR,
    DATE,
    DATETIME,
    TIMESTAMP,
    TIME,
    /** Character data, sent as UTF-8. */
    TEXT,
    ENUM,
    SET,
    /** JSON as text alone, as it travelled before {@link #TYPED_JSON}. */
    JSON,
    /** JSON with the types that its text does not tell. */
    TYPED_JSON,
    BINARY,
    /** The server's own form: four bytes of SRID, then WKB. */
    GEOMETRY;

    /**
     * @param dataType {@code DATA_TYPE} of {@code information_schema.COLUMNS}
     * @param columnType {@code COLUMN_TYPE} of the same row
     * @param charset {@code CHARACTER_SET_NAME} of the same row
     * @throws IllegalArgumentException for a type that neither MySQL 9.7 nor MariaDB 11.8 knows
     */
    public static ColumnKind of(String dataType, String columnType, @Nullable String charset) {
        boolean unsigned = columnType.toLowerCase(Locale.ROOT).contains("unsigned");
        return switch (dataType.toLowerCase(Locale.ROOT)) {
            case "tinyint", "smallint", "mediumint" -> INT;
            case "int" -> unsigned ? LONG : INT;
            case "bigint" -> unsigned ? UNSIGNED_LONG : LONG;
            case "decimal" -> DECIMAL;
            case "float" -> FLOAT;
            case "double" -> DOUBLE;
            case "bit" -> BIT;
            case "year" -> YEAR;
            case "date" -> DATE;
            case "datetime" -> DATETIME;
            case "timestamp" -> TIMESTAMP;
            case "time" -> TIME;
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" ->
                "binary".equals(charset) ? BINARY : TEXT;
            case "enum" -> ENUM;
            case "set" -> SET;
            case "json" -> TYPED_JSON;
            case "uuid", "inet4", "inet6" -> TEXT;
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "vector" -> BINARY;
            case "geometry",
                    "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geometrycollection",
                    "geomcollection" -> GEOMETRY;
            default -> throw new IllegalArgumentException("columns of type " + columnType + " are not known");
        };
    }

    /** Whether rows can be read in the order of such a column, so that it can say what changed since. */
    public boolean servesAsModifier() {
        return switch (this) {
            case INT, LONG, UNSIGNED_LONG, DATE, DATETIME, TIMESTAMP -> true;
            case DECIMAL, FLOAT, DOUBLE, BIT, YEAR, TIME, TEXT, ENUM, SET, JSON, TYPED_JSON, BINARY, GEOMETRY -> false;
        };
    }

    public boolean isTemporal() {
        return this == DATE || this == DATETIME || this == TIMESTAMP;
    }
}
