package io.syncline.loader.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LaneStatusTest {

    private static LaneStatus lane(int partition, Lane.State state, @Nullable String error) {
        return new LaneStatus(new TopicPartition("rows", partition), state, error, null, 0, 0, 0, 0, Duration.ZERO);
    }

    @Test
    void whatHaltsATableIsShownBeforeWhatPasses() {
        LaneStatus waits = lane(0, Lane.State.RETRYING, "a lock is waited for");
        LaneStatus halted = lane(1, Lane.State.HALTED, "the column is too short");
        LaneStatus works = lane(2, Lane.State.WORKING, null);

        assertThat(LaneStatus.gravestError(List.of(works, waits, halted))).hasValue("the column is too short");
        assertThat(LaneStatus.gravestError(List.of(works, waits))).hasValue("a lock is waited for");
        assertThat(LaneStatus.gravestError(List.of(works))).isEmpty();
    }
}
