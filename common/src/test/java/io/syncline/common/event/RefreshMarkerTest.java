package io.syncline.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.event.RefreshMarker.Kind;
import io.syncline.common.row.SingleObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RefreshMarkerTest {

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aMarkerComesBackAsItWas(Kind kind) {
        RefreshMarker marker = new RefreshMarker(kind, Long.MAX_VALUE, "1700000000.0000001", 4, 2, 8, 1234567890123L);

        assertThat(RefreshMarker.decode(marker.value())).isEqualTo(marker);
    }

    @Test
    void itsFingerprintTellsItFromARow() {
        assertThat(SingleObject.fingerprint(marker(Kind.BEGIN, 1, 0).value())).hasValue(RefreshMarker.FINGERPRINT);
    }

    @Test
    void compactionKeepsTheNewestOfEachKindInEachPartition() {
        byte[] key = marker(Kind.BEGIN, 1, 0).key();

        assertThat(marker(Kind.BEGIN, 2, 0).key()).isEqualTo(key);
        assertThat(marker(Kind.END, 1, 0).key()).isNotEqualTo(key);
        assertThat(marker(Kind.BEGIN, 1, 1).key()).isNotEqualTo(key);
    }

    @Test
    void garbageIsMalformed() {
        byte[] value = marker(Kind.END, 5, 3).value();

        Garbage.isMalformed(value, RefreshMarker::decode);
        Garbage.flippedIsReadOrMalformed(value, RefreshMarker::decode);
    }

    private static RefreshMarker marker(Kind kind, long generation, int partition) {
        return new RefreshMarker(kind, generation, "1.0", 1, partition, 4, 10);
    }
}
