package io.syncline.loader.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.common.model.ColumnKind;
import io.syncline.loader.SampleColumn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DialectTest {

    private static final Dialect TO_MARIADB = new MariaDbDialect();
    private static final Dialect TO_MYSQL = new MySqlDialect();

    private final List<String> differences = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "8.4.0,          9.7.0,           SameDialect",
        "11.4.5-MariaDB, 11.8.2-mariadb,  SameDialect",
        "8.4.0,          11.4.5-MariaDB,  MariaDbDialect",
        "11.4.5-MariaDB-1:11.4.5+maria~ubu2404, 8.4.0, MySqlDialect"
    })
    void theServersVersionsTellTheDialect(String source, String target, String dialect) {
        assertThat(Dialect.between(source, target).getClass().getSimpleName()).isEqualTo(dialect);
    }

    @Test
    void betweenServersOfOneKindNothingChanges() {
        String definition = "varchar(9) COLLATE utf8mb4_0900_ai_ci DEFAULT current_timestamp() /*!80023 INVISIBLE */";

        assertThat(column(Dialect.SAME, ColumnKind.TEXT, "varchar(9)", definition))
                .isEqualTo(definition);
        assertThat(Dialect.SAME
                        .options(Tokens.of("ENGINE=Aria PAGE_CHECKSUM=1"), differences)
                        .text())
                .isEqualTo("ENGINE=Aria PAGE_CHECKSUM=1");
        assertThat(differences).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "utf8mb4_0900_ai_ci,       utf8mb4_uca1400_nopad_ai_ci",
        "utf8mb4_0900_as_ci,       utf8mb4_uca1400_nopad_as_ci",
        "utf8mb4_0900_as_cs,       utf8mb4_uca1400_nopad_as_cs",
        "utf8mb4_0900_bin,         utf8mb4_nopad_bin",
        "utf8mb4_sv_0900_as_cs,    utf8mb4_uca1400_swedish_nopad_as_cs",
        "utf8mb4_de_pb_0900_ai_ci, utf8mb4_uca1400_german2_nopad_ai_ci",
        "utf8mb4_nb_0900_ai_ci,    utf8mb4_nb_0900_ai_ci",
        "utf8mb4_general_ci,       utf8mb4_general_ci",
        "latin1_swedish_ci,        latin1_swedish_ci"
    })
    void collationsOfMySqlBecomeThoseOfMariaDb(String mySql, String mariaDb) {
        assertThat(column(TO_MARIADB, ColumnKind.TEXT, "text", "text COLLATE " + mySql + " NOT NULL"))
                .isEqualTo("text COLLATE " + mariaDb + " NOT NULL");
    }

    @ParameterizedTest
    @CsvSource({
        "utf8mb4_uca1400_ai_ci,               utf8mb4_0900_ai_ci",
        "utf8mb4_uca1400_nopad_ai_ci,         utf8mb4_0900_ai_ci",
        "utf8mb3_uca1400_ai_ci,               utf8mb3_unicode_520_ci",
        "utf8mb3_uca1400_as_cs,               utf8mb3_bin",
        "utf8mb4_uca1400_as_ci,               utf8mb4_0900_as_ci",
        "utf8mb4_uca1400_as_cs,               utf8mb4_0900_as_cs",
        "utf8mb4_uca1400_swedish_nopad_as_cs, utf8mb4_sv_0900_as_cs",
        "utf8mb4_uca1400_german2_ai_ci,       utf8mb4_de_pb_0900_ai_ci",
        "utf8mb4_nopad_bin,                   utf8mb4_0900_bin",
        "latin1_swedish_nopad_ci,             latin1_swedish_ci",
        "utf8mb4_unicode_ci,                  utf8mb4_unicode_ci"
    })
    void collationsOfMariaDbBecomeThoseOfMySql(String mariaDb, String mySql) {
        assertThat(column(TO_MYSQL, ColumnKind.TEXT, "text", "text COLLATE " + mariaDb + " NOT NULL"))
                .isEqualTo("text COLLATE " + mySql + " NOT NULL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int DEFAULT '7' /*!80023 INVISIBLE */ | int DEFAULT '7' INVISIBLE",
                "point NOT NULL /*!80003 SRID 4326 */ | point NOT NULL",
                "geomcollection DEFAULT NULL | geometrycollection DEFAULT NULL",
                "int GENERATED ALWAYS AS ((`a` + 1)) STORED NOT NULL COMMENT 'x' | int GENERATED ALWAYS AS ((`a` + 1)) STORED COMMENT 'x'",
                "text COMMENT 'was utf8mb4_0900_ai_ci' | text COMMENT 'was utf8mb4_0900_ai_ci'"
            })
    void aColumnOfMySqlIsSaidToMariaDb(String mySql, String mariaDb) {
        assertThat(column(TO_MARIADB, ColumnKind.INT, "int", unquoted(mySql))).isEqualTo(unquoted(mariaDb));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int(11) INVISIBLE DEFAULT 7 COMMENT 'x' | int(11) DEFAULT 7 COMMENT 'x' INVISIBLE",
                "timestamp(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3)"
                        + " | timestamp(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3)",
                "date DEFAULT curdate() COMMENT 'd' | date DEFAULT (curdate()) COMMENT 'd'",
                "int(11) DEFAULT if(`c` > 0,1,2) | int(11) DEFAULT (if(`c` > 0,1,2))",
                "int(11) DEFAULT (1 + 2) | int(11) DEFAULT (1 + 2)",
                "decimal(5,2) DEFAULT -1.50 | decimal(5,2) DEFAULT -1.50",
                "bit(3) DEFAULT b'101' | bit(3) DEFAULT b'101'",
                "varchar(20) /*M!100301 COMPRESSED*/ DEFAULT NULL | varchar(20) DEFAULT NULL"
            })
    void aColumnOfMariaDbIsSaidToMySql(String mariaDb, String mySql) {
        assertThat(column(TO_MYSQL, ColumnKind.INT, "int(11)", unquoted(mariaDb)))
                .isEqualTo(unquoted(mySql));
    }

    @Test
    void aTextTakesADefaultInParenthesesAloneAtMySql() {
        assertThat(column(TO_MYSQL, ColumnKind.TEXT, "text", "text DEFAULT 'it''s'"))
                .isEqualTo("text DEFAULT ('it''s')");
        assertThat(column(TO_MYSQL, ColumnKind.TEXT, "varchar(9)", "varchar(9) DEFAULT 'it''s'"))
                .isEqualTo("varchar(9) DEFAULT 'it''s'");
        assertThat(column(
                        TO_MYSQL, ColumnKind.TEXT, "longtext", "longtext DEFAULT json_array() CHECK (json_valid(`j`))"))
                .isEqualTo("longtext DEFAULT (json_array()) CHECK (json_valid(`j`))");
        assertThat(column(TO_MYSQL, ColumnKind.TEXT, "text", "text DEFAULT NULL"))
                .isEqualTo("text DEFAULT NULL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uuid", "inet4", "inet6"})
    void aTypeThatMySqlLacksIsRefusedWithTheColumnsName(String type) {
        assertThatThrownBy(() -> column(TO_MYSQL, ColumnKind.TEXT, type, type + " DEFAULT NULL"))
                .isInstanceOf(UnfitTargetException.class)
                .hasMessageContaining("MySQL has no equal of the type " + type + " of the column c");
    }

    @Test
    void aTypeThatMariaDbLacksIsRefusedWithTheColumnsName() {
        assertThatThrownBy(() -> column(TO_MARIADB, ColumnKind.BINARY, "vector(3)", "vector(3) DEFAULT NULL"))
                .isInstanceOf(UnfitTargetException.class)
                .hasMessageContaining("MariaDB has no equal of the type vector(3) of the column c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KEY `f` ((lower(`name`)))",
                "KEY `f` (`a`,(`price` * 2) DESC)",
                "KEY `mv` ((cast(json_extract(`doc`,_latin1'$.a') as unsigned array)))",
                "CONSTRAINT `lax` CHECK ((`price` < 1000)) /*!80016 NOT ENFORCED */",
                "CONSTRAINT `c` CHECK (is_uuid(`u`))"
            })
    void whatMariaDbHasNoEqualOfIsLeftOutAndNoted(String index) {
        assertThat(TO_MARIADB.index(index, differences)).isEmpty();
        assertThat(differences).singleElement().asString().contains(index);
    }

    @Test
    void anIndexOfMySqlIsSaidToMariaDb() {
        assertThat(TO_MARIADB.index("KEY `i` (`a`(10) DESC,`b`) COMMENT 'x,(' /*!80000 INVISIBLE */", differences))
                .contains("KEY `i` (`a`(10) DESC,`b`) COMMENT 'x,(' IGNORED");
        assertThat(TO_MARIADB.index("CONSTRAINT `c` CHECK ((`_utf8mb4` <> _utf8mb4'it\\'s'))", differences))
                .contains("CONSTRAINT `c` CHECK ((`_utf8mb4` <> 'it\\'s'))");
        assertThat(TO_MARIADB.index("CONSTRAINT `c` CHECK ((`a` > 0))", differences))
                .contains("CONSTRAINT `c` CHECK ((`a` > 0))");
        assertThat(differences).isEmpty();
        assertThat(TO_MARIADB.index("FULLTEXT KEY `ft` (`b`) /*!50100 WITH PARSER `ngram` */ ", differences))
                .contains("FULLTEXT KEY `ft` (`b`)");
        assertThat(differences).hasSize(1);
    }

    @Test
    void anIndexOfMariaDbIsSaidToMySql() {
        assertThat(TO_MYSQL.index("KEY `i` (`a`) IGNORED", differences)).contains("KEY `i` (`a`) INVISIBLE");
        assertThat(TO_MYSQL.index("CONSTRAINT `CONSTRAINT_1` CHECK (`a` > 0)", differences))
                .contains("CHECK (`a` > 0)");
        assertThat(TO_MYSQL.index("CONSTRAINT `mine` CHECK (`a` > 0)", differences))
                .contains("CONSTRAINT `mine` CHECK (`a` > 0)");
        assertThat(differences).isEmpty();
        assertThat(TO_MYSQL.index("UNIQUE KEY `u` (`t`) USING HASH", differences))
                .isEmpty();
        assertThat(differences).hasSize(1);
    }

    @Test
    void optionsThatTheOtherServerLacksAreLeftOutAndNoted() {
        Tokens mySql = Tokens.of("ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci COMMENT='a=b'"
                + " COMPRESSION='zlib'\n/*!50100 PARTITION BY HASH (`id`)\nPARTITIONS 2 */");

        assertThat(TO_MARIADB.options(mySql, differences).text())
                .isEqualTo("ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_nopad_ai_ci COMMENT='a=b'"
                        + "\n/*!50100 PARTITION BY HASH (`id`)\nPARTITIONS 2 */");
        assertThat(differences).containsExactly("left out: COMPRESSION='zlib'");

        differences.clear();
        Tokens mariaDb = Tokens.of("ENGINE=Aria DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci PAGE_CHECKSUM=1"
                + " TRANSACTIONAL=1 `page_compressed`=1");
        assertThat(TO_MYSQL.options(mariaDb, differences)
                        .text()
                        .replaceAll(" +", " ")
                        .trim())
                .isEqualTo("ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci");
        assertThat(differences).containsExactly("ENGINE=InnoDB in place of Aria", "left out: `page_compressed`=1");
    }

    @Test
    void functionsOfOneServerAloneAreTold() {
        assertThat(TO_MARIADB.knows("(uuid_to_bin(uuid()))")).isFalse();
        assertThat(TO_MARIADB.knows("(concat(`uuid_to_bin`,'any_value'))")).isTrue();
        assertThat(TO_MYSQL.knows("nextval(`s`.`q`)")).isFalse();
        assertThat(TO_MYSQL.knows("uuid()")).isTrue();
    }

    private String column(Dialect dialect, ColumnKind kind, String type, String definition) {
        return dialect.column(
                        SampleColumn.of("c", kind)
                                .type(type)
                                .definition(definition)
                                .at(1),
                        ColumnDefinition.of(definition),
                        differences)
                .text();
    }

    /** CSV trims, and that is all that is wanted. */
    private static String unquoted(String cell) {
        return cell.trim();
    }
}
