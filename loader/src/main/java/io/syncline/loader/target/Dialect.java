package io.syncline.loader.target;

import java.util.Locale;

/**
 * Says in the target server's words what the source server's catalogue printed. Between servers of one kind nothing
 * changes; between MySQL and MariaDB a collation that the other lacks becomes its nearest equal.
 */
enum Dialect {
    SAME,
    MYSQL_TO_MARIADB,
    MARIADB_TO_MYSQL;

    static Dialect between(String sourceServer, String targetServer) {
        boolean fromMariaDb = isMariaDb(sourceServer);
        boolean toMariaDb = isMariaDb(targetServer);
        if (fromMariaDb == toMariaDb) {
            return SAME;
        }
        return toMariaDb ? MYSQL_TO_MARIADB : MARIADB_TO_MYSQL;
    }

    private static boolean isMariaDb(String version) {
        return version.toLowerCase(Locale.ROOT).contains("mariadb");
    }

    String translate(String definition) {
        return switch (this) {
            case SAME -> definition;
            case MYSQL_TO_MARIADB ->
                definition
                        .replaceAll("utf8mb4_0900_bin", "utf8mb4_nopad_bin")
                        .replaceAll("utf8mb4_0900_ai_ci", "utf8mb4_uca1400_nopad_ai_ci")
                        .replaceAll("utf8mb4_0900_as_ci", "utf8mb4_uca1400_nopad_as_ci")
                        .replaceAll("utf8mb4_0900_as_cs", "utf8mb4_uca1400_nopad_as_cs")
                        .replaceAll("/\\*!80023 INVISIBLE \\*/", "INVISIBLE");
            case MARIADB_TO_MYSQL ->
                definition
                        .replaceAll("(utf8mb4|utf8mb3|utf8)_uca1400(_nopad)?_ai_ci", "utf8mb4_0900_ai_ci")
                        .replaceAll("(utf8mb4|utf8mb3|utf8)_uca1400(_nopad)?_as_ci", "utf8mb4_0900_as_ci")
                        .replaceAll("(utf8mb4|utf8mb3|utf8)_uca1400(_nopad)?_as_cs", "utf8mb4_0900_as_cs")
                        .replaceAll("current_timestamp\\(\\)", "CURRENT_TIMESTAMP")
                        .replaceAll(" PAGE_CHECKSUM=\\d", "");
        };
    }
}
