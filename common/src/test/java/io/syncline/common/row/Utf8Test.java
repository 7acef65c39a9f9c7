package io.syncline.common.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Utf8Test {

    /** Java's own decoder is right, but makes an object as large as the text. */
    private static boolean javaTakes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void assertAsJava(byte... bytes) {
        assertThat(Utf8.isValid(bytes, 0, bytes.length))
                .as(HexFormat.of().formatHex(bytes))
                .isEqualTo(javaTakes(bytes));
    }

    @Test
    void everyPairOfBytesIsTakenAsJavaTakesIt() {
        for (int pair = 0; pair < 1 << 16; pair++) {
            assertAsJava((byte) (pair >> 8), (byte) pair);
        }
    }

    @Test
    void longerOnesAreTakenAsJavaTakesThem() {
        Random random = new Random(1);
        int[] firsts = {0x41, 0x80, 0xC2, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF};
        for (int first : firsts) {
            for (int i = 0; i < 5_000; i++) {
                assertAsJava((byte) first, (byte) random.nextInt(), (byte) (0x80 | random.nextInt(64)));
                assertAsJava((byte) first, (byte) random.nextInt(), (byte) (0x80 | random.nextInt(64)), (byte)
                        random.nextInt(128, 256));
            }
        }
    }

    @Test
    void charactersOfEveryLengthAreValidWithinTheirBounds() {
        byte[] bytes = "#aé中\uD83D\uDE00#".getBytes(StandardCharsets.UTF_8);

        assertThat(Utf8.isValid(bytes, 1, bytes.length - 2)).isTrue();
        assertThat(Utf8.isValid(bytes, 1, bytes.length - 3)).isFalse();
        assertThat(Utf8.isValid(bytes, 0, 0)).isTrue();
    }
}
