package io.syncline.loader.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.row.CharsetText;
import io.syncline.common.row.TypedJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LiteralSinkTest {

    private final StringBuilder sql = new StringBuilder();
    private final LiteralSink sink = new LiteralSink(sql);

    @BeforeEach
    void beginRow() {
        sink.beginRow();
    }

    @Test
    void quotesAreDoubledAndBackslashesEscaped() {
        text("it's a \\ and a \" and a `");

        assertThat(sql).hasToString("'it''s a \\\\ and a \" and a `'");
    }

    @Test
    void aTextThatWouldCloseTheLiteralStaysInside() {
        text("\\'); DROP TABLE users; -- ");

        assertThat(sql).hasToString("'\\\\''); DROP TABLE users; -- '");
    }

    @Test
    void nulIsEscapedAndOtherControlsStay() {
        text("a\0b\n\r\t\u001ac");

        assertThat(sql).hasToString("'a\\0b\n\r\t\u001ac'");
    }

    @Test
    void charactersBeyondTheBasicPlaneStayWhole() {
        text("größe 订单 \ud83d\ude00");

        assertThat(sql).hasToString("'größe 订单 \ud83d\ude00'");
    }

    @Test
    void aTextBeyondUnicodeIsToldByItsCharsetsName() {
        sink.nothing();
        sink.beyondUnicode(new CharsetText("sjis", "61f040"));

        assertThat(sql).hasToString("NULL,_sjis x'61f040'");
        assertThat(sink.isComplete()).isTrue();
    }

    @Test
    void aTypedValueWithinJsonIsPutInItsPlace() {
        sink.nothing();
        sink.typedJson(new TypedJson("{\"it's\": \"base64:type15:AP9B\"}", Map.of("$.\"it's\"", "BLOB")));

        assertThat(sql)
                .hasToString("NULL,JSON_REPLACE(CAST('{\"it''s\": \"base64:type15:AP9B\"}' AS JSON),"
                        + " '$.\"it''s\"', x'00ff41')");
        assertThat(sink.isComplete()).isTrue();
    }

    @Test
    void theEmptyTextIsNotNull() {
        text("");
        sink.nothing();

        assertThat(sql).hasToString("'',NULL");
    }

    @Test
    void wholeNumbersStandBare() {
        number("0");
        number("-42");
        number("18446744073709551615");

        assertThat(sql).hasToString("0,-42,18446744073709551615");
    }

    @Test
    void numbersWithAPointOrAnExponentStandInQuotes() {
        number("1.50");
        number("-1.7976931348623157E308");

        assertThat(sql).hasToString("'1.50','-1.7976931348623157E308'");
    }

    @Test
    void datesAndTimesStandInQuotes() {
        byte[] zero = ascii("0000-00-00");
        sink.temporal(zero, 0, zero.length);

        assertThat(sql).hasToString("'0000-00-00'");
    }

    @Test
    void bytesAreWrittenInHexadecimalWhateverTheyAre() {
        byte[] bytes = {0, '\'', '\\', (byte) 0x80, (byte) 0xff};
        sink.binary(bytes, 0, bytes.length);
        sink.binary(bytes, 0, 0);

        assertThat(sql).hasToString("x'00275c80ff',x''");
    }

    @Test
    void onlyTheNamedPartOfABufferCounts() {
        byte[] buffer = ascii("##12'3##");
        sink.text(buffer, 2, 4);
        sink.number(buffer, 2, 2);
        sink.temporal(buffer, 2, 2);
        sink.binary(buffer, 2, 2);

        assertThat(sql).hasToString("'12''3',12,'12',x'3132'");
    }

    @Test
    void commasStandBetweenTheValuesOfOneRowOnly() {
        number("1");
        number("2");
        sql.append("),(");
        sink.beginRow();
        number("3");

        assertThat(sql).hasToString("1,2),(3");
    }

    private void text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        sink.text(bytes, 0, bytes.length);
    }

    private void number(String digits) {
        sink.number(ascii(digits), 0, digits.length());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
