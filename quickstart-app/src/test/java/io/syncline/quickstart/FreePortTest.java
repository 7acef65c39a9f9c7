package io.syncline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FreePortTest {

    @Test
    void noPortIsFoundTwice() {
        List<Integer> ports =
                IntStream.range(0, 500).mapToObj(i -> FreePort.any()).toList();

        assertThat(ports).doesNotHaveDuplicates().allMatch(port -> port >= 15_000 && port < 32_768);
    }

    @Test
    void aPortThatSomebodyHasIsNotPreferred() throws IOException {
        int port = FreePort.any();
        assertThat(FreePort.preferring(port)).isEqualTo(port);
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePort.preferring(taken.getLocalPort())).isNotEqualTo(port);
        }
    }
}
