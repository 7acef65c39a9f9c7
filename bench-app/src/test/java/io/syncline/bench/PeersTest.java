package io.syncline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeersTest {

    @Test
    void aPeerThatCannotBeHadIsNamedWithTheReason() {
        assertThat(Peers.all().missing())
                .hasEntrySatisfying(
                        "Kafka Connect JDBC", reason -> assertThat(reason).contains("Maven Central"));
    }

    @Test
    void withoutPeersNothingIsMeasuredAndNothingMissing() throws Exception {
        List<Sample> samples = new ArrayList<>();
        Peers.none().measure(samples, (peer, plugins) -> {
            throw new AssertionError(peer.name());
        });
        assertThat(samples).isEmpty();
        assertThat(Peers.none().missing()).isEmpty();
    }
}
