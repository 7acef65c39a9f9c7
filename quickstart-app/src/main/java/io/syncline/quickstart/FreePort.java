package io.syncline.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds TCP ports that nobody listens on. Another process may still take one before its finder does. */
public final class FreePort {
    private FreePort() {}

    /** A port that the operating system picked. */
    public static int any() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /** The wished port if it is free, else any other. */
    public static int preferring(int wished) {
        // every interface, as the services bind, so that a port taken on one of them counts as taken
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(wished));
            return wished;
        } catch (IOException taken) {
            return any();
        }
    }
}
