package io.syncline.loader.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableSchema;
import io.syncline.loader.SampleColumn;
import io.syncline.loader.SampleTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TableDefinitionTest {

    @Test
    void theSourcesOwnWordsStandWithOurColumnsBehindTheirs() {
        TableSchema source = SampleTable.named("orders")
                .with(SampleColumn.of("id", ColumnKind.INT).definition("int NOT NULL AUTO_INCREMENT"))
                .with(SampleColumn.of("o`clock", ColumnKind.TIME).definition("time DEFAULT NULL COMMENT 'it''s, ok'"))
                .indexes("PRIMARY KEY (`id`)", "KEY `by time` (`o``clock`)")
                .options("ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='a (b)'")
                .version(1);

        assertThat(TableDefinition.create("copy", "or`ders", source, Dialect.SAME)
                        .sql())
                .isEqualTo("""
                CREATE TABLE `copy`.`or``ders` (
                  `id` int NOT NULL AUTO_INCREMENT,
                  `o``clock` time DEFAULT NULL COMMENT 'it''s, ok',
                  `_dlt_load_id` text NOT NULL,
                  `_dlt_id` varchar(128) NOT NULL,
                  PRIMARY KEY (`id`),
                  KEY `by time` (`o``clock`)
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='a (b)'""");
    }

    @Test
    void aSourceThatHasOneOfOurColumnsKeepsItsOwn() {
        TableSchema source = SampleTable.users()
                .with(SampleColumn.of("_DLT_ID", ColumnKind.TEXT).definition("varchar(99) DEFAULT NULL"))
                .version(1);

        assertThat(create(source))
                .contains("`_DLT_ID` varchar(99) DEFAULT NULL", "`_dlt_load_id` text NOT NULL")
                .doesNotContain("`_dlt_id`");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNIQUE KEY `by_name` (`hidden`)",
                "KEY `both` (`name`,`hidden`)",
                "KEY `prefix` (`hidden`(10),`name`)",
                "KEY `functional` ((lower(`hidden`)))",
                "CONSTRAINT `chk` CHECK ((`hidden` > 0))",
                "KEY `odd (name` (`hidden`)",
                "FULLTEXT KEY `text` (`hidden`)"
            })
    void whatSpeaksOfAColumnThatDoesNotTravelIsLeftOut(String index) {
        TableSchema source =
                SampleTable.users().indexes("PRIMARY KEY (`id`)", index).version(1);

        assertThat(create(source)).contains("PRIMARY KEY (`id`)").doesNotContain("hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNIQUE KEY `hidden` (`name`)",
                "KEY `both` (`NAME`,`id`)",
                "KEY `prefix` (`name`(10) DESC)",
                "KEY `functional` ((lower(`name`)))",
                "CONSTRAINT `chk` CHECK ((`name` <> _utf8mb4'it''s \\' `not` a name'))",
                "UNIQUE KEY `odd (name` (`name`)",
                "UNIQUE KEY `odd``(``name` (`name`)",
                "UNIQUE KEY `it's odd` (`name`)",
                "KEY `told` (`name`) COMMENT 'see `other` (old)'",
                "FULLTEXT KEY `text` (`name`) /*!50100 WITH PARSER `ngram` */ "
            })
    void whatSpeaksOfTravellingColumnsAloneStays(String index) {
        TableSchema source =
                SampleTable.users().indexes("PRIMARY KEY (`id`)", index).version(1);

        assertThat(create(source)).contains(index);
    }

    @Test
    void aComputedColumnOfTheKeyIsFilledByRows() {
        TableSchema source = SampleTable.users()
                .with(SampleColumn.of("k", ColumnKind.INT)
                        .generated("`id` + 1")
                        .definition("int GENERATED ALWAYS AS ((`id` + 1)) STORED NOT NULL"))
                .key("k")
                .version(1);

        TableDefinition made = TableDefinition.create("copy", "users", source, Dialect.SAME);

        assertThat(made.sql()).contains("`k` int NOT NULL,");
        assertThat(made.differences()).hasSize(1);
    }

    @Test
    void anExpressionOverAColumnThatDoesNotTravelBecomesAPlainColumnOrNoDefault() {
        TableSchema source = SampleTable.users()
                .with(SampleColumn.of("g", ColumnKind.INT)
                        .generated("hidden")
                        .definition("int GENERATED ALWAYS AS ((`hidden` + 1)) STORED NOT NULL COMMENT 'c'"))
                .with(SampleColumn.of("d", ColumnKind.INT)
                        .byDefault("(`hidden` + 1)")
                        .definition("int DEFAULT (`hidden` + 1) COMMENT 'DEFAULT `hidden`'"))
                .with(SampleColumn.of("c", ColumnKind.INT).definition("int(11) DEFAULT 5 CHECK (`hidden` > 0)"))
                .with(SampleColumn.of("kept", ColumnKind.INT)
                        .generated("id")
                        .definition("int GENERATED ALWAYS AS ((`id` + 1)) VIRTUAL"))
                .version(1);

        TableDefinition made = TableDefinition.create("copy", "users", source, Dialect.SAME);

        assertThat(made.sql())
                .contains(
                        "`g` int NOT NULL COMMENT 'c',",
                        "`d` int COMMENT 'DEFAULT `hidden`',",
                        "`c` int(11) DEFAULT 5,",
                        "`kept` int GENERATED ALWAYS AS ((`id` + 1)) VIRTUAL,");
        assertThat(made.differences()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n/*!50100 PARTITION BY HASH (`hidden`)\nPARTITIONS 2 */",
                "\n/*!50500 PARTITION BY RANGE  COLUMNS(hidden)\n(PARTITION p0 VALUES LESS THAN (1) ENGINE = InnoDB) */",
                " PARTITION BY KEY (`hidden`)\nPARTITIONS 2",
                " PARTITION BY RANGE (`id`)\nSUBPARTITION BY HASH (`hidden`)\n(PARTITION `p` VALUES LESS THAN MAXVALUE)"
            })
    void partitionsByAColumnThatDoesNotTravelAreLeftOut(String partitions) {
        TableSchema source =
                SampleTable.users().options("ENGINE=InnoDB" + partitions).version(1);

        assertThat(create(source)).endsWith("ENGINE=InnoDB");
        assertThat(create(SampleTable.users()
                        .options("ENGINE=InnoDB" + partitions.replace("hidden", "id"))
                        .version(1)))
                .endsWith(partitions.replace("hidden", "id"));
    }

    @Test
    void whereTheSourceKeepsItsFilesIsItsOwn() {
        TableSchema source = SampleTable.users()
                .options("/*!50100 TABLESPACE `ts1` */ ENGINE=InnoDB DATA DIRECTORY='/fast/' WITH SYSTEM VERSIONING")
                .version(1);

        assertThat(create(source)).endsWith(") ENGINE=InnoDB");
    }

    @Test
    void aCounterWithoutAnIndexIsAPlainColumn() {
        SampleColumn counter = SampleColumn.of("n", ColumnKind.INT)
                .definition("int NOT NULL AUTO_INCREMENT")
                .autoIncrement();

        assertThat(create(SampleTable.users()
                        .with(counter)
                        .indexes("PRIMARY KEY (`id`)", "KEY `n` (`n`,`hidden`)")
                        .version(1)))
                .contains("`n` int NOT NULL,");
        assertThat(create(SampleTable.users()
                        .with(counter)
                        .indexes("PRIMARY KEY (`id`)", "KEY `n` (`n`)")
                        .version(1)))
                .contains("`n` int NOT NULL AUTO_INCREMENT,");
    }

    @Test
    void aTableInMemoryHasNoText() {
        assertThat(create(SampleTable.users().options("ENGINE=MEMORY").version(1)))
                .contains("`_dlt_load_id` varchar(64) NOT NULL");
    }

    @Test
    void aColumnThatIsAddedHasNoCounterAndNeedsNoValueItCannotHave() {
        TableSchema source = SampleTable.users()
                .with(SampleColumn.of("n", ColumnKind.INT)
                        .definition("int NOT NULL AUTO_INCREMENT")
                        .autoIncrement())
                .with(SampleColumn.of("p", ColumnKind.GEOMETRY)
                        .type("point")
                        .definition("point NOT NULL /*!80003 SRID 4326 */"))
                .version(1);

        assertThat(TableDefinition.addition(source.column("n"), source, Dialect.SAME)
                        .sql())
                .isEqualTo("ADD COLUMN `n` int NOT NULL");
        assertThat(TableDefinition.addition(source.column("p"), source, Dialect.SAME)
                        .sql())
                .isEqualTo("ADD COLUMN `p` point NULL /*!80003 SRID 4326 */");
    }

    @Test
    void columnsIndexesAndOptionsAreSaidInTheTargetsDialect() {
        TableSchema source = SampleTable.named("t")
                .with(SampleColumn.of("id", ColumnKind.TEXT).definition("varchar(9) COLLATE utf8mb4_0900_bin NOT NULL"))
                .indexes("PRIMARY KEY (`id`)", "CONSTRAINT `c` CHECK (`id` <> 'x' collate utf8mb4_0900_as_cs)")
                .options("ENGINE=InnoDB COLLATE=utf8mb4_0900_ai_ci")
                .version(1);

        assertThat(TableDefinition.create("copy", "t", source, new MariaDbDialect())
                        .sql())
                .contains("utf8mb4_nopad_bin", "utf8mb4_uca1400_nopad_as_cs", "COLLATE=utf8mb4_uca1400_nopad_ai_ci")
                .doesNotContain("0900");
    }

    private static String create(TableSchema source) {
        return TableDefinition.create("copy", "users", source, Dialect.SAME).sql();
    }
}
