package io.syncline.loader.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DialectTest {

    @ParameterizedTest
    @CsvSource({
        "8.4.0,          9.7.0,           SAME",
        "11.4.5-MariaDB, 11.8.2-mariadb,  SAME",
        "8.4.0,          11.4.5-MariaDB,  MYSQL_TO_MARIADB",
        "11.4.5-MariaDB-1:11.4.5+maria~ubu2404, 8.4.0, MARIADB_TO_MYSQL"
    })
    void theServersVersionsTellTheDialect(String source, String target, Dialect dialect) {
        assertThat(Dialect.between(source, target)).isEqualTo(dialect);
    }

    @Test
    void betweenServersOfOneKindNothingChanges() {
        String definition = "varchar(9) COLLATE utf8mb4_0900_ai_ci DEFAULT current_timestamp() PAGE_CHECKSUM=1";

        assertThat(Dialect.SAME.translate(definition)).isEqualTo(definition);
    }

    @ParameterizedTest
    @CsvSource({
        "utf8mb4_0900_ai_ci, utf8mb4_uca1400_nopad_ai_ci",
        "utf8mb4_0900_as_ci, utf8mb4_uca1400_nopad_as_ci",
        "utf8mb4_0900_as_cs, utf8mb4_uca1400_nopad_as_cs",
        "utf8mb4_0900_bin,   utf8mb4_nopad_bin",
        "utf8mb4_general_ci, utf8mb4_general_ci",
        "latin1_swedish_ci,  latin1_swedish_ci"
    })
    void collationsOfMySqlBecomeThoseOfMariaDb(String mySql, String mariaDb) {
        assertThat(Dialect.MYSQL_TO_MARIADB.translate("text COLLATE " + mySql + " NOT NULL"))
                .isEqualTo("text COLLATE " + mariaDb + " NOT NULL");
    }

    @Test
    void anInvisibleColumnStaysInvisible() {
        assertThat(Dialect.MYSQL_TO_MARIADB.translate("int DEFAULT NULL /*!80023 INVISIBLE */"))
                .isEqualTo("int DEFAULT NULL INVISIBLE");
    }

    @ParameterizedTest
    @CsvSource({
        "utf8mb4_uca1400_ai_ci,       utf8mb4_0900_ai_ci",
        "utf8mb4_uca1400_nopad_ai_ci, utf8mb4_0900_ai_ci",
        "utf8mb3_uca1400_ai_ci,       utf8mb4_0900_ai_ci",
        "utf8mb4_uca1400_as_ci,       utf8mb4_0900_as_ci",
        "utf8mb4_uca1400_as_cs,       utf8mb4_0900_as_cs",
        "utf8mb4_unicode_ci,          utf8mb4_unicode_ci"
    })
    void collationsOfMariaDbBecomeThoseOfMySql(String mariaDb, String mySql) {
        assertThat(Dialect.MARIADB_TO_MYSQL.translate("text COLLATE " + mariaDb + " NOT NULL"))
                .isEqualTo("text COLLATE " + mySql + " NOT NULL");
    }

    @Test
    void whatMySqlDoesNotReadIsSaidOtherwise() {
        assertThat(Dialect.MARIADB_TO_MYSQL.translate(
                        "timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp()"))
                .isEqualTo("timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP");
        assertThat(Dialect.MARIADB_TO_MYSQL.translate("ENGINE=InnoDB PAGE_CHECKSUM=1 COMMENT='x'"))
                .isEqualTo("ENGINE=InnoDB COMMENT='x'");
    }
}
