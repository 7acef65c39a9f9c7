package io.syncline.common.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RowDigestTest {

    @Test
    void digestsAddUpIrrespectiveOfTheirOrder() {
        List<RowDigest> digests = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            digests.add(digest("row " + i));
        }
        RowDigest sum = sum(digests);

        Collections.shuffle(digests, new Random(1));

        assertThat(sum(digests)).isEqualTo(sum);
        assertThat(sum(digests.subList(1, 1000))).isNotEqualTo(sum);
    }

    @Test
    void twoEqualRowsDoNotCancelEachOther() {
        RowDigest twice = digest("a").plus(digest("a"));

        assertThat(twice).isNotEqualTo(RowDigest.ZERO).isNotEqualTo(digest("a"));
    }

    @Test
    void noRowsSumToZero() {
        assertThat(digest("a").plus(RowDigest.ZERO)).isEqualTo(digest("a"));
    }

    @Test
    void itIsTheFirstHalfOfSha256() {
        assertThat(digest("abc")).isEqualTo(new RowDigest(0xba7816bf8f01cfeaL, 0x414140de5dae2223L));
    }

    @Test
    void onlyTheGivenBytesCount() {
        byte[] bytes = "xxabcxx".getBytes(StandardCharsets.US_ASCII);

        assertThat(RowDigest.of(bytes, 2, 3)).isEqualTo(digest("abc"));
    }

    @Test
    void itsBytesComeBack() {
        RowDigest digest = new RowDigest(-1, Long.MIN_VALUE + 5);

        assertThat(digest.toBytes()).hasSize(16);
        assertThat(RowDigest.fromBytes(digest.toBytes())).isEqualTo(digest);
    }

    private static RowDigest digest(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return RowDigest.of(bytes, 0, bytes.length);
    }

    private static RowDigest sum(List<RowDigest> digests) {
        return digests.stream().reduce(RowDigest.ZERO, RowDigest::plus);
    }
}
