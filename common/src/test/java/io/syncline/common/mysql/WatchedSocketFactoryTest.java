package io.syncline.common.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.conf.DefaultPropertySet;
import java.io.IOException;
import java.net.Socket;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

final class WatchedSocketFactoryTest {

    @Test
    void aSilentMachineIsAskedAfterHalfAMinuteAndGivenUpAMinuteLater() throws IOException {
        try (Socket socket = new WatchedSocketFactory().createSocket(new DefaultPropertySet())) {
            assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(30);
            assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(10);
            assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT)).isEqualTo(6);
        }
    }
}
