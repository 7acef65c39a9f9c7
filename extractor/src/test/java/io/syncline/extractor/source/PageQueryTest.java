package io.syncline.extractor.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.extractor.SampleTable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PageQueryTest {

    private static final byte[] NONE = {};

    private static SampleTable orders() {
        return SampleTable.named("shop", "orders")
                .column("id", ColumnKind.INT)
                .column("note", ColumnKind.TEXT)
                .nullable("changed", ColumnKind.DATETIME)
                .key("id")
                .modifier("changed");
    }

    private static Column changed(SourceTable table) {
        return table.modifier().orElseThrow();
    }

    @Test
    void theFirstPageOfACopyBeginsAtTheFirstKey() {
        PageQuery query = PageQuery.byKey(orders().source(), NONE, 100);

        assertThat(query)
                .isEqualTo(new PageQuery(
                        "/* syncline */ SELECT `id`, `note`, `changed` FROM `shop`.`orders` ORDER BY `id` LIMIT 100",
                        List.of()));
    }

    @Test
    void theNextPageOfACopyBeginsBehindTheLastKey() {
        SourceTable table = orders().source();

        PageQuery query = PageQuery.byKey(table, SampleTable.key(table, 42), 100);

        assertThat(query)
                .isEqualTo(new PageQuery(
                        "/* syncline */ SELECT `id`, `note`, `changed` FROM `shop`.`orders`"
                                + " WHERE `id` > CAST(? AS SIGNED) ORDER BY `id` LIMIT 100",
                        List.of("42")));
    }

    @Test
    void aCompositeKeyIsComparedColumnByColumn() {
        SourceTable table = SampleTable.named("my`shop", "a.b")
                .column("x", ColumnKind.INT)
                .column("na`me", ColumnKind.TEXT)
                .column("raw", ColumnKind.BINARY)
                .key("na`me", "x", "raw")
                .source();

        PageQuery query = PageQuery.byKey(table, SampleTable.key(table, "it's", 7, ByteBuffer.wrap(new byte[] {0})), 5);

        assertThat(query.sql())
                .isEqualTo("/* syncline */ SELECT `x`, `na``me`, `raw` FROM `my``shop`.`a.b`"
                        + " WHERE (`na``me` > ? OR (`na``me` = ? AND"
                        + " (`x` > CAST(? AS SIGNED) OR (`x` = CAST(? AS SIGNED) AND `raw` > ?))))"
                        + " ORDER BY `na``me`, `x`, `raw` LIMIT 5");
        assertThat(query.parameters()).containsExactly("it's", "it's", "7", "7", new byte[] {0});
    }

    @Test
    void typesWithinJsonAreAskedForBehindAllElse() {
        SourceTable table = SampleTable.named("shop", "do`cs")
                .column("doc", ColumnKind.TYPED_JSON)
                .column("amount", ColumnKind.DOUBLE)
                .key("amount")
                .source();

        String untold = " IN ('DECIMAL', 'DATE', 'TIME', 'DATETIME', 'TIMESTAMP', 'BLOB', 'BIT', 'OPAQUE')";
        String doc = "`shop`.`do``cs`.`doc`";
        assertThat(PageQuery.byKey(table, NONE, 5).sql())
                .isEqualTo("/* syncline */ SELECT `doc`, `amount`, ABS(`amount`), CONCAT_WS('', IF(JSON_TYPE(" + doc
                        + ")"
                        + untold + ", JSON_OBJECT(0, JSON_TYPE(" + doc + ")), NULL),"
                        + " (SELECT JSON_OBJECTAGG(n, JSON_TYPE(v)) FROM JSON_TABLE(" + doc
                        + ", '$**.*' COLUMNS (n FOR ORDINALITY, v JSON PATH '$')) t WHERE JSON_TYPE(v)" + untold + "),"
                        + " (SELECT JSON_OBJECTAGG(-n, JSON_TYPE(v)) FROM JSON_TABLE(" + doc
                        + ", '$**[*]' COLUMNS (n FOR ORDINALITY, v JSON PATH '$')) t WHERE JSON_TYPE(v)" + untold + "))"
                        + " FROM `shop`.`do``cs` ORDER BY `amount` LIMIT 5");
    }

    @Test
    void weightsOfTheKeyAndNumbersOfEmptyMembersAreSelectedToo() {
        SourceTable table = SampleTable.named("shop", "words")
                .column("mood", ColumnKind.ENUM)
                .type("enum('a','')")
                .column("word", ColumnKind.TEXT)
                .collation("utf8mb4_unicode_ci")
                .column("exact", ColumnKind.TEXT)
                .collation("utf8mb4_0900_ai_ci")
                .column("uid", ColumnKind.TEXT)
                .column("real", ColumnKind.FLOAT)
                .column("note", ColumnKind.TEXT)
                .collation("utf8mb4_unicode_ci")
                .key("real", "word", "exact", "uid", "mood")
                .source();

        assertThat(PageQuery.byKey(table, NONE, 5).sql())
                .isEqualTo(
                        "/* syncline */ SELECT CONCAT(CAST(`mood` AS UNSIGNED), ' ', `mood`), `word`, `exact`, `uid`,"
                                + " `real`, `note`, ABS(`real`), WEIGHT_STRING(TRIM(TRAILING ' ' FROM `word`)),"
                                + " WEIGHT_STRING(`exact`) FROM `shop`.`words` ORDER BY `real`, `word`, `exact`, `uid`, `mood`"
                                + " LIMIT 5");
    }

    @Test
    void aTextThatUnicodeMayLackComesBehindAMarkAndIsComparedInItsCharset() {
        SourceTable table = SampleTable.named("shop", "words")
                .column("word", ColumnKind.TEXT)
                .collation("sjis_bin")
                .key("word")
                .source();
        byte[] word = {(byte) 0xF0, 0x40};

        PageQuery query = PageQuery.byKey(table, SampleTable.key(table, ByteBuffer.wrap(word)), 5);

        String exact = "CAST(CONVERT(CONVERT(`word` USING utf16) USING sjis) AS BINARY) <=> CAST(`word` AS BINARY)";
        assertThat(query.sql())
                .contains("SELECT IFNULL(CONCAT(IF(" + exact + ", '=', '#'), IF(" + exact
                        + ", CAST(CONVERT(`word` USING utf8mb4)")
                .contains("), IF(`word` IS NULL, NULL, '!')), WEIGHT_STRING")
                .contains(" WHERE `word` > _sjis x'f040' ");
        assertThat(query.parameters()).isEmpty();
    }

    @Test
    void membersOfTheKeyAreComparedByTheirNumbers() {
        SourceTable table = SampleTable.named("shop", "words")
                .column("mood", ColumnKind.ENUM)
                .type("enum('a','')")
                .column("tags", ColumnKind.SET)
                .type("set('','a','b')")
                .key("mood", "tags")
                .source();

        assertThat(PageQuery.byKey(table, SampleTable.key(table, "", "b"), 5).parameters())
                .containsExactly("2", "2", "4");
        assertThat(PageQuery.byKey(table, SampleTable.key(table, 0L, 3L), 5).parameters())
                .containsExactly("0", "0", "3");
        assertThat(PageQuery.byKey(table, SampleTable.key(table, "a", ""), 5).parameters())
                .containsExactly("1", "1", "0");
    }

    @Test
    void aCopyHeedsTheConditionAndTheInitialValueAndKeepsRowsWithoutAModifier() {
        SourceTable table = orders().source("note <> 'x' OR note IS NULL", "2024-01-01");

        PageQuery query = PageQuery.byKey(table, SampleTable.key(table, 42), 100);

        assertThat(query.sql())
                .isEqualTo("/* syncline */ SELECT `id`, `note`, `changed` FROM `shop`.`orders`"
                        + " WHERE (note <> 'x' OR note IS NULL)"
                        + " AND (`changed` >= CAST(? AS DATETIME(6)) OR `changed` IS NULL)"
                        + " AND `id` > CAST(? AS SIGNED) ORDER BY `id` LIMIT 100");
        assertThat(query.parameters()).containsExactly("2024-01-01", "42");
    }

    @Test
    void aPassBeginsAtItsWatermarkInclusive() {
        SourceTable table = orders().source();

        PageQuery query = PageQuery.fromModifier(table, changed(table), "2024-02-29 00:00:00", 100);

        assertThat(query)
                .isEqualTo(new PageQuery(
                        "/* syncline */ SELECT `id`, `note`, `changed` FROM `shop`.`orders`"
                                + " WHERE `changed` >= CAST(? AS DATETIME(6)) ORDER BY `changed`, `id` LIMIT 100",
                        List.of("2024-02-29 00:00:00")));
    }

    @Test
    void aPassWithoutAWatermarkReadsAllThatHaveAModifier() {
        SourceTable table = orders().source(null, "2024-01-01");

        PageQuery query = PageQuery.fromModifier(table, changed(table), null, 100);

        assertThat(query.sql())
                .isEqualTo("/* syncline */ SELECT `id`, `note`, `changed` FROM `shop`.`orders`"
                        + " WHERE `changed` IS NOT NULL"
                        + " AND (`changed` >= CAST(? AS DATETIME(6)) OR `changed` IS NULL)"
                        + " ORDER BY `changed`, `id` LIMIT 100");
        assertThat(query.parameters()).containsExactly("2024-01-01");
    }

    @Test
    void parametersStandInTheOrderOfTheirConditions() {
        SourceTable table = orders().source("1 = 1", "2024-01-01");

        PageQuery query = PageQuery.fromModifier(table, changed(table), "2024-05-05", 100);

        assertThat(query.sql())
                .contains(" WHERE (1 = 1) AND `changed` >= CAST(? AS DATETIME(6))"
                        + " AND (`changed` >= CAST(? AS DATETIME(6)) OR `changed` IS NULL) ");
        assertThat(query.parameters()).containsExactly("2024-05-05", "2024-01-01");
    }

    @Test
    void thePassesNextPageBeginsBehindModifierAndKey() {
        SourceTable table = orders().source("note = 'x'", "2024-01-01");

        PageQuery query =
                PageQuery.behindRow(table, changed(table), "2024-02-29 00:00:00", SampleTable.key(table, 42), 100);

        assertThat(query.sql())
                .isEqualTo("/* syncline */ SELECT `id`, `note`, `changed` FROM `shop`.`orders` WHERE (note = 'x')"
                        + " AND (`changed` > CAST(? AS DATETIME(6)) OR (`changed` = CAST(? AS DATETIME(6))"
                        + " AND `id` > CAST(? AS SIGNED))) ORDER BY `changed`, `id` LIMIT 100");
        assertThat(query.parameters()).containsExactly("2024-02-29 00:00:00", "2024-02-29 00:00:00", "42");
    }

    @Test
    void rowsWithoutAModifierAreReadInKeyOrder() {
        SourceTable table = orders().source("note = 'x'", null);

        PageQuery query = PageQuery.withoutModifier(table, changed(table), SampleTable.key(table, 42), 100);

        assertThat(query.sql())
                .isEqualTo("/* syncline */ SELECT `id`, `note`, `changed` FROM `shop`.`orders` WHERE (note = 'x')"
                        + " AND `changed` IS NULL AND `id` > CAST(? AS SIGNED) ORDER BY `id` LIMIT 100");
        assertThat(query.parameters()).containsExactly("42");
    }

    @Test
    void rowsWithoutAModifierAreCountedUnderTheCondition() {
        SourceTable table = orders().source("a OR b", null);

        assertThat(PageQuery.countWithoutModifier(table, changed(table)))
                .isEqualTo(new PageQuery(
                        "/* syncline */ SELECT COUNT(*) FROM `shop`.`orders` WHERE `changed` IS NULL AND (a OR b)",
                        List.of()));
    }

    @Test
    void theNewestModifierIsAskedOfTheWholeTable() {
        SourceTable table = orders().source();

        assertThat(PageQuery.newest(table, changed(table)).sql())
                .isEqualTo("/* syncline */ SELECT MAX(`changed`) FROM `shop`.`orders`");
    }

    @Test
    void aKeyOfAnyKindIsComparedInItsOwnOrder() {
        assertKey(
                SampleTable.named("s", "t").column("k", ColumnKind.UNSIGNED_LONG),
                ByteBuffer.wrap(new BigInteger("18446744073709551615").toByteArray()),
                "`k` > CAST(CAST(? AS CHAR) AS UNSIGNED)",
                "18446744073709551615");
        assertKey(
                SampleTable.named("s", "t").decimal("k", 30, 3),
                ByteBuffer.wrap(new byte[] {-5}),
                "`k` > CAST(CAST(? AS CHAR) AS DECIMAL(30,3))",
                "-0.005");
        assertKey(SampleTable.named("s", "t").column("k", ColumnKind.YEAR), 0, "`k` > CAST(? AS SIGNED)", "0000");
        assertKey(SampleTable.named("s", "t").column("k", ColumnKind.DOUBLE), 0.1, "`k` > ?", 0.1);
        assertKey(SampleTable.named("s", "t").column("k", ColumnKind.DATE), 0, "`k` > CAST(? AS DATE)", "1970-01-01");
        assertKey(
                SampleTable.named("s", "t").column("k", ColumnKind.DATE),
                "0000-00-00",
                "`k` > CAST(? AS DATE)",
                "0000-00-00");
        assertKey(
                SampleTable.named("s", "t").column("k", ColumnKind.TIME),
                "-00:30:00",
                "`k` > CAST(? AS TIME(6))",
                "-00:30:00");
        assertKey(
                SampleTable.named("s", "t").column("k", ColumnKind.TIMESTAMP),
                1L,
                "`k` > CAST(? AS DATETIME(6))",
                "1970-01-01 00:00:00.000001");
        assertKey(
                SampleTable.named("s", "t").column("k", ColumnKind.BIT),
                ByteBuffer.wrap(new byte[] {3, -1}),
                "`k` > CAST(CAST(? AS CHAR) AS UNSIGNED)",
                "1023");
        assertKey(
                SampleTable.named("s", "t").column("k", ColumnKind.ENUM).type("enum('z','it''s')"),
                "it's",
                "`k` > CAST(CAST(? AS CHAR) AS UNSIGNED)",
                "2");
        assertKey(
                SampleTable.named("s", "t").column("k", ColumnKind.SET).type("set('a','b','c')"),
                "a,c",
                "`k` > CAST(CAST(? AS CHAR) AS UNSIGNED)",
                "5");
    }

    private static void assertKey(SampleTable sample, Object value, String condition, Object parameter) {
        SourceTable table = sample.key("k").source();

        PageQuery query = PageQuery.byKey(table, SampleTable.key(table, value), 1);

        assertThat(query.sql()).contains(" WHERE " + condition + " ORDER BY ");
        assertThat(query.parameters()).containsExactly(parameter);
    }
}
