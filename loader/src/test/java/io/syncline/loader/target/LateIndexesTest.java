package io.syncline.loader.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableSchema;
import io.syncline.loader.SampleColumn;
import io.syncline.loader.SampleTable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LateIndexesTest {

    private static final String INNODB = "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";
    private static final String BY_NAME = "KEY `by_name` (`name`)";

    private static TableSchema table(String... key) {
        return SampleTable.users()
                .column("o`clock", ColumnKind.TIME)
                .column("made", ColumnKind.DATETIME)
                .column("version", ColumnKind.LONG)
                .with(SampleColumn.of("counter", ColumnKind.INT).autoIncrement())
                .key(key)
                .version(1);
    }

    private static List<String> late(TableSchema table, String options, String... indexes) {
        return LateIndexes.of(List.of(indexes), options, table::find, table.primaryKey(), "version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                BY_NAME,
                "KEY `b``y, (name` (`name`(10) DESC,`made`)",
                "KEY `clock` (`o``clock`) USING BTREE COMMENT 'it''s (late)'",
                "KEY `hidden` (`name`) /*!80000 INVISIBLE */"
            })
    void aPlainIndexMayWait(String index) {
        assertThat(late(table("id"), INNODB, index)).containsExactly(index);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PRIMARY KEY (`id`)",
                "UNIQUE KEY `one` (`name`)",
                "FULLTEXT KEY `words` (`name`)",
                "SPATIAL KEY `place` (`name`)",
                "KEY `lower` ((lower(`name`)))",
                "KEY `mixed` (`name`,(lower(`name`)))",
                "CONSTRAINT `KEY` CHECK ((`name` <> _utf8mb4'KEY `a` (`name`)'))"
            })
    void whatAServerCannotMakeBesideWritersOrDecidesWhatARowReplacesIsMadeAtOnce(String index) {
        assertThat(late(table("id"), INNODB, index)).isEmpty();
    }

    @Test
    void oneThatRisesWithANumberThatIsTheKeyCostsLittleAtOnce() {
        String[] indexes = {"KEY `a` (`made`,`name`)", "KEY `b` (`VERSION`)"};

        assertThat(late(table("id"), INNODB, indexes)).isEmpty();
        assertThat(late(table("name"), INNODB, indexes)).containsExactly(indexes);
        assertThat(late(table("version", "id"), INNODB, indexes)).containsExactly(indexes);
    }

    @Test
    void aColumnThatCountsNeedsItsIndexAtOnce() {
        assertThat(late(table("id"), INNODB, "KEY `c` (`counter`)")).isEmpty();
    }

    @Test
    void otherEnginesGetAllAtOnce() {
        assertThat(late(table("id"), "ENGINE=MyISAM", BY_NAME)).isEmpty();
    }

    @Test
    void whatIsMissingIsToldByName() {
        assertThat(LateIndexes.missing(
                        List.of(BY_NAME, "KEY `odd``name` (`id`)", "KEY `other` (`id`)"),
                        List.of("PRIMARY KEY (`id`)", "UNIQUE KEY `BY_NAME` (`id`)", "KEY `odd``name` (`name`)")))
                .containsExactly("KEY `other` (`id`)");
    }

    @Test
    void aNameKeepsItsQuotes() {
        assertThat(LateIndexes.quotedName("KEY `odd``name` (`id`)")).isEqualTo("`odd``name`");
    }
}
