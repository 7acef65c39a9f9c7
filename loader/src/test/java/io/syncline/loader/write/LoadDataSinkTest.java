package io.syncline.loader.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LoadDataSinkTest {

    private final LineBuffer out = new LineBuffer(16);
    private final LoadDataSink sink = new LoadDataSink(out);

    @Test
    void whatWouldEndAFieldOrALineIsEscaped() {
        text("tab\there\nand\rthere");

        assertThat(written()).isEqualTo("tab\\there\\nand\\rthere");
    }

    @Test
    void aBackslashIsEscapedSoThatItsNeighbourMeansItself() {
        text("\\N");
        text("\\");

        assertThat(written()).isEqualTo("\\\\N\t\\\\");
    }

    @Test
    void nulIsEscaped() {
        text("a\0b");

        assertThat(written()).isEqualTo("a\\0b");
    }

    @Test
    void nullIsToldFromTheLetterNAndFromNothing() {
        sink.nothing();
        text("N");
        text("");
        text("NULL");

        assertThat(written()).isEqualTo("\\N\tN\t\tNULL");
    }

    @Test
    void quotesNeedNoEscape() {
        text("it's \"quoted\"");

        assertThat(written()).isEqualTo("it's \"quoted\"");
    }

    @Test
    void charactersBeyondTheBasicPlaneStayWhole() {
        text("订单 \ud83d\ude00");

        assertThat(written()).isEqualTo("订单 \ud83d\ude00");
    }

    @Test
    void bytesThatAreNoCharactersPassUnchanged() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        sink.binary(bytes, 0, bytes.length);

        String all = latin1();
        assertThat(all).hasSize(256 + 5).startsWith("\\0\1\2").endsWith("\u00fe\u00ff");
        assertThat(all.replace("\\0", "\0")
                        .replace("\\t", "\t")
                        .replace("\\n", "\n")
                        .replace("\\r", "\r")
                        .replace("\\\\", "\\"))
                .isEqualTo(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @Test
    void numbersAndTimesAreWrittenAsTheyCome() {
        byte[] buffer = "##-1.5E10##2024-02-29##".getBytes(StandardCharsets.US_ASCII);
        sink.number(buffer, 2, 7);
        sink.temporal(buffer, 11, 10);

        assertThat(written()).isEqualTo("-1.5E10\t2024-02-29");
    }

    @Test
    void onlyTheNamedPartOfABufferCounts() {
        byte[] buffer = "\t\tab\tcd\n".getBytes(StandardCharsets.US_ASCII);
        sink.text(buffer, 2, 4);

        assertThat(written()).isEqualTo("ab\\tc");
    }

    @Test
    void tabsStandBetweenFieldsAndNewlinesBehindLines() {
        text("a");
        text("b");
        sink.endLine();
        text("c");
        sink.endLine();

        assertThat(written()).isEqualTo("a\tb\nc\n");
    }

    private void text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        sink.text(bytes, 0, bytes.length);
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String latin1() {
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
