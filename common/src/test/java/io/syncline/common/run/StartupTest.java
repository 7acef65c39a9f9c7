package io.syncline.common.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.common.kafka.UnsafeTopicException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

final class StartupTest {

    private final StopSignal stop = new StopSignal();
    private final Startup startup = new Startup(stop, false);

    @Test
    void kafkaIsAskedAgainWhateverStepOfItFailed() throws InterruptedException {
        List<String> waitingFor = new ArrayList<>();

        boolean prepared = startup.awaitKafka("kafka:9092", () -> {
            waitingFor.add(startup.waitingFor());
            if (waitingFor.size() == 1) {
                throw new TimeoutException("Timed out waiting for a node assignment. Call: listNodes");
            }
        });

        assertThat(prepared).isTrue();
        assertThat(waitingFor)
                .containsExactly(
                        "KAFKA_BOOTSTRAP_SERVERS kafka:9092: no answer yet",
                        "KAFKA_BOOTSTRAP_SERVERS kafka:9092: Timed out waiting for a node assignment. Call: listNodes");
        assertThat(startup.waitingFor()).isEmpty();
    }

    @Test
    void aServiceThatIsToldToStopWaitsNoLonger() throws InterruptedException {
        boolean prepared = startup.awaitKafka("kafka:9092", () -> {
            stop.stop();
            throw new TimeoutException("no answer");
        });

        assertThat(prepared).isFalse();
    }

    @Test
    void whatWaitingDoesNotMendEndsTheStart() {
        assertThatThrownBy(() -> startup.awaitKafka("kafka:9092", () -> {
                    throw new UnsafeTopicException("cleanup.policy=delete");
                }))
                .isInstanceOf(UnsafeTopicException.class);
    }
}
