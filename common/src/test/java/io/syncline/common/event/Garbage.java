package io.syncline.common.event;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/** Feeds a decoder with bytes that nobody wrote; it may read another event from them or call them malformed. */
final class Garbage {

    /** Single-object framing: two marker bytes and the fingerprint. */
    private static final int FRAME = 10;

    private Garbage() {}

    static void isMalformed(byte[] valid, Consumer<byte[]> decoder) {
        assertMalformed(new byte[0], decoder);
        assertMalformed("hello, world, this is no event".getBytes(StandardCharsets.US_ASCII), decoder);
        assertMalformed(new byte[100], decoder);
        for (int length = 0; length < valid.length; length++) {
            assertMalformed(Arrays.copyOf(valid, length), decoder);
        }
    }

    private static void assertMalformed(byte[] bytes, Consumer<byte[]> decoder) {
        assertThatThrownBy(() -> decoder.accept(bytes)).isInstanceOf(MalformedEventException.class);
    }

    static void flippedIsReadOrMalformed(byte[] valid, Consumer<byte[]> decoder) {
        Random random = new Random(20_240_229);
        int malformed = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] flipped = valid.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                flipped[FRAME + random.nextInt(valid.length - FRAME)] = (byte) random.nextInt();
            }
            try {
                decoder.accept(flipped);
            } catch (MalformedEventException expected) {
                malformed++;
            }
        }
        if (malformed == 0) {
            throw new AssertionError("nothing was malformed");
        }
    }
}
