package io.syncline.common.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class CreateTableTest {

    /** As MySQL 8.4 and 9 print it. */
    private static final String MYSQL = """
            CREATE TABLE `orders` (
              `id` bigint unsigned NOT NULL AUTO_INCREMENT COMMENT 'the key, (really)',
              `status` enum('new','it''s paid','a,b','(c)') CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci NOT NULL DEFAULT 'new',
              `price` decimal(10,2) DEFAULT '0.00',
              `note` varchar(200) DEFAULT 'say \\\\ "hi" ''you'' ) ,',
              `total` decimal(12,2) GENERATED ALWAYS AS ((`price` * (1 + 0.19))) STORED,
              `label` varchar(99) GENERATED ALWAYS AS (concat(`status`,_utf8mb4', ',`note`)) VIRTUAL,
              `hidden` int DEFAULT NULL /*!80023 INVISIBLE */,
              `changed` timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
              `doc` json DEFAULT (json_object(_utf8mb4'k',1)),
              `customer` int NOT NULL,
              PRIMARY KEY (`id`,`changed`),
              UNIQUE KEY `u` (`status`,`price` DESC),
              KEY `expr` ((lower(`note`))),
              FULLTEXT KEY `words` (`note`) /*!50100 WITH PARSER `ngram` */,
              CONSTRAINT `orders_ibfk_1` FOREIGN KEY (`customer`) REFERENCES `customers` (`id`) ON DELETE CASCADE,
              CONSTRAINT `positive` CHECK (((`price` >= 0) and (`note` <> _utf8mb4')'))),
              CONSTRAINT `soft` CHECK ((`price` < 1000)) /*!80016 NOT ENFORCED */
            ) ENGINE=InnoDB AUTO_INCREMENT=1234 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci COMMENT='a (table), of ''orders'''
            /*!50100 PARTITION BY RANGE (unix_timestamp(`changed`))
            (PARTITION p0 VALUES LESS THAN (1700000000) ENGINE = InnoDB,
             PARTITION p1 VALUES LESS THAN MAXVALUE ENGINE = InnoDB) */""";

    /** As MariaDB 11.4.5 printed it. */
    private static final String MARIADB = """
            CREATE TABLE `we``ird` (
              `id` int(11) NOT NULL AUTO_INCREMENT COMMENT 'a ''quoted'', (paren) \\\\ back',
              `e` enum('a\\\\b','it''s','x,y','(z)') DEFAULT NULL,
              `s` set('p','q\\\\r') DEFAULT NULL,
              `c` varchar(20) DEFAULT 'a\\nb',
              `g` int(11) GENERATED ALWAYS AS (`id` + 1) VIRTUAL,
              PRIMARY KEY (`id`),
              KEY `k(1)` (`e`),
              CONSTRAINT `c``k` CHECK (`c` <> 'x` FOREIGN KEY' and `c` <> '\\\\')
            ) ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci COMMENT='set AUTO_INCREMENT=5, (by hand)'
             PARTITION BY HASH (`id`)
            PARTITIONS 2""";

    @Test
    void mySqlsColumnsAreTakenApart() {
        CreateTable table = CreateTable.parse(MYSQL);

        assertThat(table.columns().keySet())
                .containsExactly(
                        "id", "status", "price", "note", "total", "label", "hidden", "changed", "doc", "customer");
        assertThat(table.columns())
                .containsEntry("id", "bigint unsigned NOT NULL AUTO_INCREMENT COMMENT 'the key, (really)'")
                .containsEntry("note", "varchar(200) DEFAULT 'say \\\\ \"hi\" ''you'' ) ,'")
                .containsEntry("total", "decimal(12,2) GENERATED ALWAYS AS ((`price` * (1 + 0.19))) STORED")
                .containsEntry(
                        "label", "varchar(99) GENERATED ALWAYS AS (concat(`status`,_utf8mb4', ',`note`)) VIRTUAL")
                .containsEntry("hidden", "int DEFAULT NULL /*!80023 INVISIBLE */")
                .containsEntry("doc", "json DEFAULT (json_object(_utf8mb4'k',1))")
                .containsEntry("customer", "int NOT NULL");
        assertThat(table.columns().get("status")).startsWith("enum('new','it''s paid','a,b','(c)') CHARACTER SET");
    }

    @Test
    void mySqlsKeysAndChecksAreToldFromForeignKeys() {
        CreateTable table = CreateTable.parse(MYSQL);

        assertThat(table.indexes())
                .containsExactly(
                        "PRIMARY KEY (`id`,`changed`)",
                        "UNIQUE KEY `u` (`status`,`price` DESC)",
                        "KEY `expr` ((lower(`note`)))",
                        "FULLTEXT KEY `words` (`note`) /*!50100 WITH PARSER `ngram` */",
                        "CONSTRAINT `positive` CHECK (((`price` >= 0) and (`note` <> _utf8mb4')')))",
                        "CONSTRAINT `soft` CHECK ((`price` < 1000)) /*!80016 NOT ENFORCED */");
        assertThat(table.foreignKeys())
                .containsExactly("CONSTRAINT `orders_ibfk_1` FOREIGN KEY (`customer`) REFERENCES `customers` (`id`)"
                        + " ON DELETE CASCADE");
    }

    @Test
    void mySqlsOptionsStayButForTheCounter() {
        assertThat(CreateTable.parse(MYSQL).options())
                .startsWith("ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci"
                        + " COMMENT='a (table), of ''orders'''\n/*!50100 PARTITION BY RANGE")
                .endsWith("PARTITION p1 VALUES LESS THAN MAXVALUE ENGINE = InnoDB) */");
    }

    @Test
    void mariaDbsTableIsTakenApart() {
        CreateTable table = CreateTable.parse(MARIADB);

        assertThat(table.columns().keySet()).containsExactly("id", "e", "s", "c", "g");
        assertThat(table.columns())
                .containsEntry("id", "int(11) NOT NULL AUTO_INCREMENT COMMENT 'a ''quoted'', (paren) \\\\ back'")
                .containsEntry("e", "enum('a\\\\b','it''s','x,y','(z)') DEFAULT NULL")
                .containsEntry("c", "varchar(20) DEFAULT 'a\\nb'")
                .containsEntry("g", "int(11) GENERATED ALWAYS AS (`id` + 1) VIRTUAL");
    }

    @Test
    void aCheckIsNoForeignKeyWhateverItSpeaksOf() {
        CreateTable table = CreateTable.parse(MARIADB);

        assertThat(table.foreignKeys()).isEmpty();
        assertThat(table.indexes())
                .containsExactly(
                        "PRIMARY KEY (`id`)",
                        "KEY `k(1)` (`e`)",
                        "CONSTRAINT `c``k` CHECK (`c` <> 'x` FOREIGN KEY' and `c` <> '\\\\')");
    }

    @Test
    void namesThatMariaDbDoesNotQuoteRightInForeignKeysHinderNothing() {
        CreateTable table = CreateTable.parse("""
                CREATE TABLE `lines` (
                  `a``b` int(11) DEFAULT NULL,
                  KEY `k` (`a``b`),
                  CONSTRAINT `par`ents` FOREIGN KEY (`a`b`) REFERENCES `p` (`q`u`),
                  CONSTRAINT `z` FOREIGN KEY (`a`b`) REFERENCES `p` (`id`)
                ) ENGINE=InnoDB""");

        assertThat(table.columns()).containsOnlyKeys("a`b");
        assertThat(table.indexes()).containsExactly("KEY `k` (`a``b`)");
        assertThat(table.foreignKeys())
                .containsExactly(
                        "CONSTRAINT `par`ents` FOREIGN KEY (`a`b`) REFERENCES `p` (`q`u`)",
                        "CONSTRAINT `z` FOREIGN KEY (`a`b`) REFERENCES `p` (`id`)");
    }

    @Test
    void aCommentThatSpeaksOfTheCounterStays() {
        assertThat(CreateTable.parse(MARIADB).options())
                .isEqualTo("ENGINE=InnoDB DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci"
                        + " COMMENT='set AUTO_INCREMENT=5, (by hand)'\n PARTITION BY HASH (`id`)\nPARTITIONS 2");
    }

    @Test
    void namesWithBackTicksCommasAndParenthesesAreReadAsTheyAre() {
        CreateTable table = CreateTable.parse("""
                CREATE TABLE `a``(b` (
                  `x``y` int NOT NULL,
                  ```` text,
                  `(,)` text,
                  `it's "` text,
                  PRIMARY KEY (`x``y`)
                ) ENGINE=InnoDB""");

        assertThat(table.columns().keySet()).containsExactly("x`y", "`", "(,)", "it's \"");
        assertThat(table.columns()).containsEntry("`", "text");
        assertThat(table.indexes()).containsExactly("PRIMARY KEY (`x``y`)");
        assertThat(table.options()).isEqualTo("ENGINE=InnoDB");
    }

    @Test
    void theCounterAloneMakesNoOtherTable() {
        String later = MYSQL.replace("AUTO_INCREMENT=1234", "AUTO_INCREMENT=99999");
        String never = MYSQL.replace(" AUTO_INCREMENT=1234", "");

        assertThat(CreateTable.parse(later)).isEqualTo(CreateTable.parse(MYSQL));
        assertThat(CreateTable.parse(never)).isEqualTo(CreateTable.parse(MYSQL));
    }

    @Test
    void aSystemVersionedTablesPeriodIsNoColumn() {
        CreateTable table = CreateTable.parse("""
                CREATE TABLE `h` (
                  `id` int(11) NOT NULL,
                  `s` timestamp(6) GENERATED ALWAYS AS ROW START,
                  `e` timestamp(6) GENERATED ALWAYS AS ROW END,
                  PRIMARY KEY (`id`,`e`),
                  PERIOD FOR SYSTEM_TIME (`s`, `e`)
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 WITH SYSTEM VERSIONING""");

        assertThat(table.columns().keySet()).containsExactly("id", "s", "e");
        assertThat(table.indexes()).contains("PERIOD FOR SYSTEM_TIME (`s`, `e`)");
    }

    @Test
    void aStatementThatIsCutShortIsRefused() {
        assertThatThrownBy(() -> CreateTable.parse("CREATE TABLE `t` (`id` int"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unbalanced");
    }
}
