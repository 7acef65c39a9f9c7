package io.syncline.systemtests;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A column of a type table and the SQL literals of its values: the least, the greatest, and those that go wrong most
 * easily. NULL comes besides.
 *
 * @param definition what stands behind the name
 */
record TypeColumn(String name, String definition, List<String> values) {

    private static final String EVERY_BYTE = "UNHEX('" + hex(IntStream.rangeClosed(0, 255)) + "')";
    private static final String HALF_A_PAIR = "UNHEX('D83D')";
    private static final String NO_UTF8 = "UNHEX('C328005C')";

    private static String hex(IntStream bytes) {
        return bytes.mapToObj(each -> String.format("%02X", each)).reduce("", String::concat);
    }

    private static TypeColumn column(String name, String definition, String... values) {
        return new TypeColumn(name, definition, List.of(values));
    }

    /** What MySQL and MariaDB share, except ENUM and SET. */
    static List<TypeColumn> shared() {
        return Stream.of(numbers(), dates(), timesOfEveryPrecision(), texts(), charsets(), bytes(), shapes())
                .flatMap(List::stream)
                .toList();
    }

    /** The types whose values no file holds: an ENUM's error value, the number 0, and decimals within JSON. */
    static List<TypeColumn> members() {
        return List.of(
                column("enu", "ENUM('a','b''c','ü,') CHARACTER SET utf8mb4", "'a'", "'b''c'", "'ü,'", "0"),
                column("enu_empty", "ENUM('a','') CHARACTER SET utf8mb4", "'a'", "''", "0"),
                column("enu_digits", "ENUM('2','1','0') CHARACTER SET ascii", "'2'", "'1'", "'0'", "0"),
                column("enu_latin", "ENUM('é','ß') CHARACTER SET latin1", "0", "'ß'", "'é'"),
                column("enu_wide", "ENUM('中','') CHARACTER SET utf16", "''", "0", "'中'"),
                column("enu_bytes", "ENUM('a','ä') CHARACTER SET binary", "'ä'", "0"),
                column("enu_given", "ENUM('on','off') NOT NULL DEFAULT 'off'", "0", "'on'", "0"),
                column("sett", "SET('x','y','z') CHARACTER SET utf8mb4", "''", "'x,z'", "'z,y,x'"),
                column("set_empty", "SET('','a','b') CHARACTER SET latin1", "0", "1", "2", "3", "6", "7"),
                column("set_digits", "SET('1','2','4') CHARACTER SET utf8mb4", "1", "2", "4", "'4'", "5"),
                column(
                        "json_decimals",
                        "JSON",
                        "JSON_OBJECT('price', 12.50, 'of', JSON_ARRAY(1, JSON_OBJECT('it''s \"so\" \\\\',"
                                + " 12345678901234567890.123456789012345678901234567890)))",
                        "JSON_ARRAY(0.00, 99999999999999999999999999999999999999999999999999999999999999999, 1.5, 1e0)",
                        "'{\"a\": 1.5}'",
                        // equal to the server
                        "JSON_ARRAY(12.5)",
                        "JSON_ARRAY(12.50)",
                        "JSON_ARRAY(12.5)"),
                column("set64", "SET(" + numbered(64) + ")", "'m1,m64'", "18446744073709551615", "'m64'"));
    }

    /** Texts with codes that Unicode lacks, or has one character for beside another code; none goes by a file. */
    static List<TypeColumn> beyondUnicode() {
        return List.of(
                column("narrow", "VARCHAR(20) CHARACTER SET ucs2", HALF_A_PAIR, "'中'"),
                column("japanese", "VARCHAR(20) CHARACTER SET sjis", "'表示'", "UNHEX('61F0405C')", "'能\\\\'"),
                column("japanese_text", "TEXT CHARACTER SET cp932", "'表示①'", "'ソ'", "UNHEX('EE40ED40')"),
                column("japanese_unix", "VARCHAR(20) CHARACTER SET ujis", "'表示'", "UNHEX('A1C0')", "UNHEX('AFA1')"),
                column("japanese_char", "CHAR(9) CHARACTER SET eucjpms", "'表示'", "UNHEX('ADF0')", "UNHEX('ACA120')"),
                column("chinese", "VARCHAR(20) CHARACTER SET gbk", "'縗'", "'誠\\''", "UNHEX('A4402727')"),
                column("chinese_old", "LONGTEXT CHARACTER SET gb2312", "'中文'", "'\\0 '", "UNHEX('AFA1')"),
                column("taiwanese", "VARCHAR(20) CHARACTER SET big5", "'中文'", "UNHEX('A15A')", "UNHEX('C8405C')"),
                column("korean", "TINYTEXT CHARACTER SET euckr", "'한국'", "''", "UNHEX('FE41')"),
                column("hebrew", "VARCHAR(256) CHARACTER SET hebrew", EVERY_BYTE, "'א '"),
                column("swedish", "CHAR(20) CHARACTER SET swe7", "'[\\\\]'", "UNHEX('5B5C5D')"));
    }

    private static String numbered(int members) {
        return IntStream.rangeClosed(1, members).mapToObj(i -> "'m" + i + "'").collect(Collectors.joining(","));
    }

    /** What MySQL alone has. */
    static List<TypeColumn> ofMySql() {
        return List.of(
                column(
                        "vec",
                        "VECTOR(3)",
                        "STRING_TO_VECTOR('[1, -0.5, 3.4e38]')",
                        "STRING_TO_VECTOR('[0, 1e-30, -1]')"),
                column("place", "POINT SRID 4326", "ST_GeomFromText('POINT(-33.86 151.2)', 4326)"),
                column(
                        "small_text",
                        "TINYTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_as_cs",
                        "'\uD83D\uDE00 '",
                        "''"),
                column(
                        "json_object",
                        "JSON",
                        "'[9223372036854775807, -9223372036854775808, 18446744073709551615, 1e20, -0.0, 5e-324]'",
                        "'{\"zz\": 1, \"b\": 2, \"aaa\": 3, \"B\": 4, \"\": 5, \"b\": 6}'"));
    }

    /** Values within JSON whose types JSON text does not tell; none goes by a file. */
    static List<TypeColumn> withinJson() {
        return List.of(
                column(
                        "times",
                        "JSON",
                        "JSON_OBJECT('date', DATE'2024-01-02', 'odd', CAST('2024-02-31' AS DATE), 'zero', CAST('0000-00-00' AS DATE),"
                                + " 'time', CAST('-12:34:56.7' AS TIME(6)), 'most', CAST('838:59:59' AS TIME), 'text', '2024-01-02')",
                        "JSON_ARRAY(TIMESTAMP'2024-01-02 03:04:05.678', CAST('0000-00-00 00:00:00' AS DATETIME),"
                                + " '2024-01-02 03:04:05.678000')",
                        "CAST(DATE'9999-12-31' AS JSON)",
                        "CAST(TIME'-00:00:01' AS JSON)",
                        "'\"9999-12-31\"'"),
                column(
                        "moments",
                        "JSON",
                        madeOf("TIMESTAMP(3)", "2024-01-02 03:04:05.678"),
                        madeOf("TIMESTAMP(6)", "0000-00-00 00:00:00"),
                        "JSON_ARRAY(TIMESTAMP'2024-01-02 03:04:05.678', 'x')",
                        madeOf("DATETIME(1)", "2024-05-06 07:08:09.1")),
                column(
                        "bytes",
                        "JSON",
                        "JSON_ARRAY(x'00ff41', REPEAT(x'00ff41', 100), x'', 'base64:type15:AP9B')",
                        madeOf("TINYBLOB", "a"),
                        madeOf("BLOB", ""),
                        madeOf("MEDIUMBLOB", "ab"),
                        madeOf("LONGBLOB", "abc"),
                        madeOf("BINARY(5)", "abc"),
                        madeOf("VARBINARY(5)", "abc"),
                        "CAST(x'ff' AS JSON)",
                        "JSON_OBJECT('large', CAST(REPEAT('\\0a', 40000) AS BINARY), 'a', 1.5)"),
                column(
                        "bits",
                        "JSON",
                        "(SELECT JSON_ARRAY(t, u) FROM JSON_TABLE('[18446744073709551615, 5]', '$' COLUMNS (t BIT(64) PATH '$[0]',"
                                + " u BIT(3) PATH '$[1]')) j)",
                        "JSON_ARRAY(5, '5')"),
                column(
                        "decimals",
                        "JSON",
                        "JSON_ARRAY(1.5, 3.00, CAST(3 AS DECIMAL(10,0)), CAST(-7 AS DECIMAL), 0.0, 3, 1.5e0)",
                        // equal to the server
                        "'[1.5, 3.0, 3, -7, 0.0, 3, 1.5]'",
                        "JSON_ARRAY(1.5, 3.00, CAST(3 AS DECIMAL(10,0)), CAST(-7 AS DECIMAL), 0.0, 3, 1.5e0)",
                        "CAST(CAST(3 AS DECIMAL) AS JSON)",
                        "'3'",
                        "'{\"total\": 3, \"\": [3]}'",
                        "JSON_OBJECT('total', CAST(3 AS DECIMAL), '', JSON_ARRAY(CAST(3 AS DECIMAL)))"),
                column(
                        "places",
                        "JSON",
                        "JSON_OBJECT('a', JSON_ARRAY(4, JSON_ARRAY(5, 6.0), JSON_OBJECT('q', 7.0)),"
                                + " 'b', JSON_OBJECT('x', 1.0, 'y', JSON_ARRAY(2, JSON_OBJECT('z', 3.0))), 'dd', 10.0,"
                                + " 'ccc', JSON_OBJECT('b', JSON_OBJECT('d', 8, 'e', 8.0), 'c', 9.0))",
                        "JSON_OBJECT('it''s \"so\" \\\\', 1.5, 'a.b[0]', 2.5, '', 3.5, '$', 4.5, 'ü\uD83D\uDE00', 5.5, '\\n\\t', 6.5)",
                        "(SELECT JSON_ARRAYAGG(IF(n % 7 = 0, CAST(CAST(n AS DECIMAL) AS JSON), CAST(n AS JSON)))"
                                + " FROM JSON_TABLE(CONCAT('[0', REPEAT(',0', 999), ']'), '$[*]' COLUMNS (n FOR ORDINALITY)) j)",
                        "NULL",
                        "'null'"));
    }

    /** As deep as MySQL's JSON may be; MariaDB takes 32 levels for JSON, and no more. */
    static TypeColumn deepJson() {
        return column(
                "deep",
                "JSON",
                "(WITH RECURSIVE deep (j, n) AS (SELECT JSON_ARRAY(1.5, DATE'2024-01-02'), 1 UNION ALL"
                        + " SELECT JSON_ARRAY(j, n), n + 1 FROM deep WHERE n < 99)"
                        + " SELECT j FROM deep ORDER BY n DESC LIMIT 1)");
    }

    /** An array that holds a value of a column of this type. */
    private static String madeOf(String type, String value) {
        return "(SELECT JSON_ARRAY(t, 'x') FROM JSON_TABLE('[\"" + value + "\"]', '$[0]' COLUMNS (t " + type
                + " PATH '$')) j)";
    }

    /** What MariaDB alone has. */
    static List<TypeColumn> ofMariaDb() {
        return List.of(
                column(
                        "uid",
                        "UUID",
                        "'00112233-4455-6677-8899-aabbccddeeff'",
                        "'ffffffff-ffff-ffff-ffff-ffffffffffff'"),
                column(
                        "dec38",
                        "DECIMAL(65,38)",
                        "0." + "0".repeat(37) + "1",
                        "-" + "9".repeat(27) + "." + "9".repeat(38)),
                column("time_most", "TIME(6)", "'838:59:59.999999'", "'-838:59:59.999999'"),
                column("ip4", "INET4", "'0.0.0.0'", "'255.255.255.255'", "'10.0.0.1'"),
                column("ip6", "INET6", "'::'", "'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'", "'::ffff:10.0.0.1'"),
                column(
                        "nopad",
                        "VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_nopad_ai_ci",
                        "'a '",
                        "'a'"));
    }

    private static List<TypeColumn> numbers() {
        return List.of(
                column("tiny", "TINYINT", "-128", "127", "0"),
                column("bool", "TINYINT(1)", "5", "-1", "1"),
                column("tiny_u", "TINYINT UNSIGNED", "255", "0"),
                column("small", "SMALLINT", "-32768", "32767"),
                column("small_u", "SMALLINT UNSIGNED", "65535", "0"),
                column("medium", "MEDIUMINT", "-8388608", "8388607"),
                column("medium_u", "MEDIUMINT UNSIGNED", "16777215", "0"),
                column("whole", "INT", "-2147483648", "2147483647"),
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
                column(
                        "real4",
                        "FLOAT",
                        "16777217",
                        "3.4028235e38",
                        "1.17549435e-38",
                        "0.1",
                        "-0e0",
                        "1e-45",
                        "-3.4028235e38"),
                column("real_short", "FLOAT(7,2)", "0.1", "-99999.99", "16777.217"),
                column("real_fixed", "DOUBLE(20,5) UNSIGNED", "0.1", "12345.67891"),
                column(
                        "real8",
                        "DOUBLE",
                        "1.7976931348623157e308",
                        "4.9e-324",
                        "-0e0",
                        "2.2250738585072011e-308",
                        "0.1",
                        "0.30000000000000004",
                        "9007199254740993"));
    }

    private static List<TypeColumn> dates() {
        return List.of(
                column(
                        "date0",
                        "DATE",
                        "'0000-00-00'",
                        "'2024-00-00'",
                        "'2024-05-00'",
                        "'2024-02-31'",
                        "'0000-00-01'",
                        "'0001-01-01'",
                        "'1582-10-10'",
                        "'9999-12-31'"),
                column(
                        "dt",
                        "DATETIME",
                        "'0000-00-00 00:00:00'",
                        "'1582-10-10 00:00:00'",
                        // neither is in New York
                        "'2026-03-08 02:30:00'",
                        "'2024-02-31 23:59:59'"),
                column(
                        "ts",
                        "TIMESTAMP NULL",
                        "'1970-01-01 02:00:01'",
                        "'2038-01-19 05:14:07'",
                        "'0000-00-00 00:00:00'",
                        // half past one in New York, twice
                        "'2026-11-01 07:30:00'",
                        "'2026-11-01 08:30:00'"));
    }

    private static List<TypeColumn> timesOfEveryPrecision() {
        return IntStream.rangeClosed(0, 6)
                .boxed()
                .flatMap(digits -> {
                    String most = digits == 0 ? "" : "." + "9".repeat(digits);
                    String least = digits == 0 ? "" : "." + "0".repeat(digits - 1) + "1";
                    return Stream.of(
                            column(
                                    "dt" + digits,
                                    "DATETIME(" + digits + ")",
                                    "'9999-12-31 23:59:59" + most + "'",
                                    "'0001-01-01 00:00:00" + least + "'",
                                    "'2024-00-00 00:00:00" + least + "'",
                                    "'2026-11-01 01:30:00" + most + "'"),
                            column(
                                    "ts" + digits,
                                    "TIMESTAMP(" + digits + ") NULL",
                                    "'2026-03-08 09:30:00" + most + "'",
                                    "'2026-10-25 02:30:00" + least + "'",
                                    "'1970-01-02 00:00:00'"),
                            column(
                                    "time" + digits,
                                    "TIME(" + digits + ")",
                                    "'-838:59:59'",
                                    "'838:59:58" + most + "'",
                                    "'838:59:59'",
                                    "'-00:00:00" + least + "'",
                                    "'23:59:59" + most + "'",
                                    "'24:00:00'"));
                })
                .toList();
    }

    private static List<TypeColumn> texts() {
        return List.of(
                column("chr", "CHAR(10) CHARACTER SET utf8mb4", "''", "' x'", "'\uD83D\uDE00中ä'", "'y  '"),
                column(
                        "vchr",
                        "VARCHAR(200) CHARACTER SET utf8mb4",
                        "''",
                        "' trailing  '",
                        "'it''s \\\\ \"`\\n\\t\\r\\0\\Z %_'",
                        "'\\\\'"),
                column("text1", "TINYTEXT CHARACTER SET utf8mb4", "'\\0'", "REPEAT('\uD83D\uDE00', 63)"),
                column("text2", "TEXT CHARACTER SET utf8mb3", "'äöü€'", "' '"),
                column("text3", "MEDIUMTEXT CHARACTER SET utf8mb4", "REPEAT('\t\n', 2000)", "'\\\\N'"),
                column("text4", "LONGTEXT CHARACTER SET utf8mb4", "REPEAT('\uD83D\uDE00', 3000)", "'NULL'", "'\\\\N'"),
                column(
                        "json",
                        "JSON",
                        "'{\"b\": 1, \"aa\": [1.0, 18446744073709551615, -1e308, \"\\\\u00e9 \\\\\" \\\\\\\\\"], \"\": null}'",
                        "'null'",
                        "'\"\uD83D\uDE00\"'",
                        "'12345678901234567890'",
                        "'[]'"));
    }

    private static List<TypeColumn> charsets() {
        return List.of(
                column("latin", "VARCHAR(50) CHARACTER SET latin1", "'é€ß'", "UNHEX('A0FF00')", "' '"),
                column("latin_all", "VARCHAR(256) CHARACTER SET latin1", EVERY_BYTE, "'a '"),
                column("latin_text", "TEXT CHARACTER SET latin1", "'ÿ'", "''"),
                column("wide", "VARCHAR(20) CHARACTER SET utf16", "'\uD83D\uDE00a'", "' '", "'\\0'"),
                column("wide_char", "CHAR(5) CHARACTER SET utf16", "'\uD83D\uDE00'", "'a '"),
                column("wide4", "VARCHAR(20) CHARACTER SET utf32", "'\uD83D\uDE00a'", "' '"),
                column("narrow", "VARCHAR(20) CHARACTER SET ucs2", "'中'", "''", "' a '"),
                column("japanese", "VARCHAR(20) CHARACTER SET sjis", "'表示'", "'ソ'", "'能\\\\'"),
                column("japanese_text", "TEXT CHARACTER SET cp932", "'表示①'", "'ソ'"),
                column("chinese", "VARCHAR(20) CHARACTER SET gbk", "'中文'", "'縗'", "'誠\\''"),
                column("octets", "VARCHAR(300) CHARACTER SET binary", EVERY_BYTE, "'ä '", "''"),
                column("octets4", "CHAR(4) CHARACTER SET binary", "'a '", "UNHEX('FF')"));
    }

    private static List<TypeColumn> bytes() {
        return List.of(
                column("bin", "BINARY(4)", "''", "UNHEX('00')", "UNHEX('61002000')", "UNHEX('FFFFFFFF')"),
                column("vbin", "VARBINARY(300)", "''", "' '", EVERY_BYTE),
                column("tiny_blob", "TINYBLOB", "''", NO_UTF8),
                column("blb", "BLOB", EVERY_BYTE, "REPEAT(UNHEX('00FF5C27'), 10000)"),
                column("blob3", "MEDIUMBLOB", NO_UTF8, "UNHEX('5C')", "REPEAT(UNHEX('5C00090A0D'), 3000)"),
                column("blob4", "LONGBLOB", "''", EVERY_BYTE),
                column("id_bytes", "BINARY(16)", "UNHEX(REPLACE('00112233-4455-6677-8899-aabbccddee00', '-', ''))"));
    }

    private static List<TypeColumn> shapes() {
        return List.of(
                shape("geo", "GEOMETRY", "POINT(1.5 -0.25)"),
                shape("pnt", "POINT", "POINT(79.99999999 89)"),
                shape("line", "LINESTRING", "LINESTRING(0 0, 1 1, 2 0)"),
                shape("area", "POLYGON", "POLYGON((0 0, 4 0, 4 4, 0 0), (1 0.5, 2 1, 3 1, 1 0.5))"),
                shape("points", "MULTIPOINT", "MULTIPOINT((0 0), (1 1))"),
                shape("lines", "MULTILINESTRING", "MULTILINESTRING((0 0, 1 1), (2 2, 3 0))"),
                shape("areas", "MULTIPOLYGON", "MULTIPOLYGON(((0 0, 4 0, 4 4, 0 0)), ((10 10, 14 10, 14 14, 10 10)))"),
                shape(
                        "shapes",
                        "GEOMETRYCOLLECTION",
                        "GEOMETRYCOLLECTION(POINT(1 1), LINESTRING(0 0, 1 1), GEOMETRYCOLLECTION(POINT(2 2)))"));
    }

    private static TypeColumn shape(String name, String type, String text) {
        return column(name, type, "ST_GeomFromText('" + text + "')", "ST_GeomFromText('" + text + "', 4326)");
    }
}
