package io.syncline.loader.consume;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How one partition fares.
 *
 * @param inHand for how long a batch has been worked on, zero for none
 */
public record LaneStatus(
        TopicPartition partition,
        Lane.State state,
        @Nullable String error,
        @Nullable Instant lastSuccess,
        long rows,
        long rejects,
        long doneOffset,
        int queued,
        Duration inHand) {

    public boolean isHalted() {
        return state == Lane.State.HALTED;
    }

    public boolean isRetrying() {
        return state == Lane.State.RETRYING;
    }

    /** What halts a lane, before what only passes. */
    public static Optional<String> gravestError(List<LaneStatus> lanes) {
        return lanes.stream()
                .filter(lane -> lane.error() != null)
                .min(Comparator.comparing(LaneStatus::isHalted).reversed())
                .map(LaneStatus::error);
    }
}
