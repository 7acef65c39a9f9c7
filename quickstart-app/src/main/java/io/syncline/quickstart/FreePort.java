package io.syncline.quickstart;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Finds TCP ports that nobody listens on. Another process may still take one before its finder does. Thread-safe. */
public final class FreePort {

    /** Below what operating systems give to connections, which would take a port between its finding and its use. */
    private static final int LEAST = 15_000;

    private static final int BOUND = 32_768;
    private static final int TRIES = 1_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /** A port that nobody has, and that this JVM has not found before: who was given one may not have it yet. */
    public static int any() {
        return ThreadLocalRandom.current()
                .ints(TRIES, LEAST, BOUND)
                .filter(port -> isFree(port) && GIVEN.add(port))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no port from " + LEAST + " to " + BOUND + " is free"));
    }

    /** The wished port if it is free, else any other. */
    public static int preferring(int wished) {
        return isFree(wished) ? wished : any();
    }

    private static boolean isFree(int port) {
        // every interface, as the services bind, so that a port taken on one of them counts as taken
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
