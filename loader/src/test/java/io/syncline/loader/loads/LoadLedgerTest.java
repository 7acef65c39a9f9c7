package io.syncline.loader.loads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LoadLedgerTest {

    @Test
    void aLoadIsAppliedWhenEveryPartitionIsPastItsLastEvent() {
        assertThat(isApplied(List.of(4L, 7L), Map.of(0, 5L, 1, 8L))).isTrue();
        assertThat(isApplied(List.of(4L, 7L), Map.of(0, 50L, 1, 80L))).isTrue();
    }

    @Test
    void theLastEventItselfMustBeApplied() {
        assertThat(isApplied(List.of(4L, 7L), Map.of(0, 5L, 1, 7L))).isFalse();
        assertThat(isApplied(List.of(4L, 7L), Map.of(0, 4L, 1, 8L))).isFalse();
    }

    @Test
    void aPartitionThatNobodyHasBegunIsNotApplied() {
        assertThat(isApplied(List.of(4L, 0L), Map.of(0, 5L))).isFalse();
    }

    @Test
    void aPartitionWithoutEventsKeepsNobodyWaiting() {
        assertThat(isApplied(List.of(4L, -1L), Map.of(0, 5L))).isTrue();
        assertThat(isApplied(List.of(), Map.of())).isTrue();
    }

    private static boolean isApplied(List<Long> ends, Map<Integer, Long> nextOffsets) {
        return LoadLedger.isApplied(ends, nextOffsets);
    }
}
