package io.syncline.loader.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DltIdTest {

    private final DltId maker = new DltId();

    @Test
    void aKeyHasTheSameIdForEver() {
        // Base64, URL-safe, of the first 96 bits of SHA-256; tables in use hold these values
        assertThat(id("".getBytes(StandardCharsets.US_ASCII))).isEqualTo("47DEQpj8HBSa-_TI");
        assertThat(id("abc".getBytes(StandardCharsets.US_ASCII))).isEqualTo("ungWv48Bz-pBQUDe");
    }

    @Test
    void differentKeysHaveDifferentIdsOfOneLength() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            ids.add(id(new byte[] {(byte) i, (byte) (i >> 8)}));
        }

        assertThat(ids).hasSize(1_000).allMatch(id -> id.matches("[A-Za-z0-9_-]{16}"));
    }

    private String id(byte[] key) {
        return new String(maker.of(key), StandardCharsets.US_ASCII);
    }
}
