package io.syncline.common.mysql;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.StandardSocketFactory;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;

/**
 * Makes the driver's sockets ask the other machine for a sign of life when a connection has been silent for half a minute.
 * One that gives none for a minute is lost; a server that thinks about a statement for hours gives it all the while.
 */
public final class WatchedSocketFactory extends StandardSocketFactory {

    private static final Map<SocketOption<Integer>, Integer> KEEP_ALIVE = Map.of(
            ExtendedSocketOptions.TCP_KEEPIDLE, 30,
            ExtendedSocketOptions.TCP_KEEPINTERVAL, 10,
            ExtendedSocketOptions.TCP_KEEPCOUNT, 6);

    @Override
    protected Socket createSocket(PropertySet properties) {
        Socket socket = super.createSocket(properties);
        KEEP_ALIVE.forEach((option, value) -> set(socket, option, value));
        return socket;
    }

    private static void set(Socket socket, SocketOption<Integer> option, int value) {
        try {
            if (socket.supportedOptions().contains(option)) {
                socket.setOption(option, value);
            }
        } catch (IOException e) {
            // without it the system's own patience counts, which is hours on most
        }
    }
}
