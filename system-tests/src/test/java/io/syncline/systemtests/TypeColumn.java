package io.syncline.systemtests;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A column of the type table and the SQL literals of its values; NULL comes besides.
 *
 * @param definition what stands behind the name
 */
record TypeColumn(String name, String definition, List<String> values) {

    private static final String EVERY_BYTE = "UNHEX('" + hex(IntStream.rangeClosed(0, 255)) + "')";
    private static final String NO_UTF8 = "UNHEX('C328005C')";

    private static String hex(IntStream bytes) {
        return bytes.mapToObj(each -> String.format("%02X", each)).reduce("", String::concat);
    }

    private static TypeColumn column(String name, String definition, String... values) {
        return new TypeColumn(name, definition, List.of(values));
    }

    /** Types, with the values that go wrong most easily, that MySQL and MariaDB share. */
    static List<TypeColumn> all() {
        return Stream.of(numbers(), times(), texts(), bytes())
                .flatMap(List::stream)
                .toList();
    }

    private static List<TypeColumn> numbers() {
        return List.of(
                column("tiny", "TINYINT", "-128", "127", "0"),
                column("bool", "TINYINT(1)", "5", "-1", "1"),
                column("small_u", "SMALLINT UNSIGNED", "65535", "0"),
                column("medium", "MEDIUMINT", "-8388608", "8388607"),
                column("int_u", "INT UNSIGNED", "4294967295", "2147483648"),
                column("int_zero", "INT(8) ZEROFILL", "42", "4294967295"),
                column("big", "BIGINT", "-9223372036854775808", "9223372036854775807"),
                column("big_u", "BIGINT UNSIGNED", "18446744073709551615", "9223372036854775808", "0"),
                column("bit1", "BIT(1)", "b'1'", "b'0'"),
                column("bit64", "BIT(64)", "18446744073709551615", "9223372036854775808", "1", "0"),
                column("year4", "YEAR", "0", "1901", "2155"),
                column(
                        "dec65",
                        "DECIMAL(65,30)",
                        "99999999999999999999999999999999999.999999999999999999999999999999",
                        "-99999999999999999999999999999999999.999999999999999999999999999999",
                        "0.000000000000000000000000000001",
                        "-0.5"),
                column("dec_u", "DECIMAL(10,0) UNSIGNED", "9999999999", "0"),
                column("real4", "FLOAT", "16777217", "3.4028235e38", "1.17549435e-38", "0.1", "-0.0", "1e-45"),
                column(
                        "real8",
                        "DOUBLE",
                        "1.7976931348623157e308",
                        "4.9e-324",
                        "-0.0",
                        "0.1",
                        "0.30000000000000004",
                        "9007199254740993"));
    }

    private static List<TypeColumn> times() {
        return List.of(
                column("date0", "DATE", "'0000-00-00'", "'2024-00-00'", "'2024-05-00'", "'0001-01-01'", "'9999-12-31'"),
                column("dt0", "DATETIME", "'0000-00-00 00:00:00'", "'1582-10-10 00:00:00'", "'2026-03-08 02:30:00'"),
                column(
                        "dt6",
                        "DATETIME(6)",
                        "'9999-12-31 23:59:59.999999'",
                        "'2024-00-00 00:00:00.000001'",
                        "'0001-01-01 00:00:00'",
                        "'2026-11-01 01:30:00.5'"),
                column("dt2", "DATETIME(2)", "'2020-02-29 23:59:59.99'", "'1000-01-01 00:00:00'"),
                column(
                        "ts0",
                        "TIMESTAMP NULL",
                        "'1970-01-02 00:00:01'",
                        "'2038-01-18 03:14:07'",
                        "'0000-00-00 00:00:00'"),
                column(
                        "ts6",
                        "TIMESTAMP(6) NULL",
                        "'2026-03-08 02:30:00.123456'",
                        "'2026-11-01 01:30:00.000001'",
                        "'2026-10-25 02:30:00'"),
                column("time0", "TIME", "'-838:59:59'", "'838:59:59'", "'00:00:00'"),
                column("time6", "TIME(6)", "'-838:59:58.999999'", "'-00:00:00.000001'", "'12:00:00.5'"),
                column("time3", "TIME(3)", "'23:59:59.999'", "'-01:00:00.001'"));
    }

    private static List<TypeColumn> texts() {
        String quotes = "' trailing  '";
        return List.of(
                column("chr", "CHAR(10) CHARACTER SET utf8mb4", "''", "' x'", "'\uD83D\uDE00中ä'"),
                column(
                        "vchr",
                        "VARCHAR(200) CHARACTER SET utf8mb4",
                        "''",
                        quotes,
                        "'it''s \\\\ \"`\\n\\t\\r\\0\\Z %_'"),
                column("latin", "VARCHAR(50) CHARACTER SET latin1", "'é€ß'", "UNHEX('A0FF00')", "' '"),
                column("latin_text", "TEXT CHARACTER SET latin1", "'ÿ'", "''"),
                column("wide", "VARCHAR(20) CHARACTER SET utf16", "'\uD83D\uDE00a'", "' '"),
                column("narrow", "VARCHAR(20) CHARACTER SET ucs2", "'中'", "''"),
                column("japanese", "VARCHAR(20) CHARACTER SET sjis", "'表示'", "'ソ'"),
                column("chinese", "VARCHAR(20) CHARACTER SET gbk", "'中文'", "'縗'"),
                column(
                        "long_text",
                        "LONGTEXT CHARACTER SET utf8mb4",
                        "REPEAT('\uD83D\uDE00', 3000)",
                        "'NULL'",
                        "'\\\\N'"),
                column("enu", "ENUM('a','b''c','ü,') CHARACTER SET utf8mb4", "'a'", "'b''c'", "'a'", "'ü,'"),
                column("enu_empty", "ENUM('a','') CHARACTER SET utf8mb4", "'a'", "''"),
                column("sett", "SET('x','y','z') CHARACTER SET utf8mb4", "''", "'x,z'", "'z,y,x'"),
                column(
                        "json",
                        "JSON",
                        "'{\"b\": 1, \"aa\": [1.0, 18446744073709551615, -1e308, \"\\\\u00e9 \\\\\" \\\\\\\\\"], \"\": null}'",
                        "'null'",
                        "'\"\uD83D\uDE00\"'",
                        "'12345678901234567890'",
                        "'[]'"));
    }

    private static List<TypeColumn> bytes() {
        return List.of(
                column("bin", "BINARY(4)", "''", "UNHEX('00')", "UNHEX('61002000')", "UNHEX('FFFFFFFF')"),
                column("vbin", "VARBINARY(300)", "''", "' '", EVERY_BYTE),
                column("tiny_blob", "TINYBLOB", "''", NO_UTF8),
                column("blb", "BLOB", EVERY_BYTE, "REPEAT(UNHEX('00FF5C27'), 10000)"),
                column("geo", "GEOMETRY", "ST_GeomFromText('POINT(1.5 -0.25)')", "ST_GeomFromText('POINT(1 2)', 4326)"),
                column("pnt", "POINT", "ST_GeomFromText('POINT(179.99999999 89)')"),
                column(
                        "shapes",
                        "GEOMETRYCOLLECTION",
                        "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 1), LINESTRING(0 0, 1 1, 2 0))')"),
                column("area", "POLYGON", "ST_GeomFromText('POLYGON((0 0, 4 0, 4 4, 0 0), (1 0.5, 2 1, 3 1, 1 0.5))')"),
                column("id_bytes", "BINARY(16)", "UNHEX(REPLACE('00112233-4455-6677-8899-aabbccddee00', '-', ''))"));
    }
}
