package io.syncline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeersTest {

    @Test
    void aPeerThatCannotBeHadIsNamedWithTheReason() {
        assertThat(Peers.all(Optional.empty()).missing())
                .hasEntrySatisfying(
                        "Kafka Connect JDBC", reason -> assertThat(reason).contains("Maven Central", "--connect-jdbc"));
    }

    @Test
    void aPeerWhoseJarsAreGivenIsNotMissing() {
        assertThat(Peers.all(Optional.of(Path.of("jars"))).missing()).isEmpty();
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
