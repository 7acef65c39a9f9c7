package io.syncline.systemtests.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port of this machine that leads to another one, for as long as it is let. Thread-safe. */
final class TcpProxy implements AutoCloseable {

    private static final long DELAY_MILLIS = 150;

    /** What is done to the bytes. */
    enum Trouble {
        NONE,
        /** Connections are reset, and new ones too. */
        DROP,
        /** Bytes come late. */
        DELAY,
        /** Bytes wait, both ways, until it is over. */
        STALL,
        /** What is asked arrives, what is answered does not; when it is over, connections are reset. */
        HALVE
    }

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int upstream;
    private Trouble trouble = Trouble.NONE;

    TcpProxy() {
        try {
            listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("proxy-" + port(), this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Where connections go from now on. */
    void leadTo(int port) {
        upstream = port;
    }

    void set(Trouble next) {
        boolean resets;
        synchronized (this) {
            resets = next == Trouble.DROP || trouble == Trouble.HALVE && next != Trouble.HALVE;
            trouble = next;
            notifyAll();
        }
        if (resets) {
            open.forEach(this::reset);
        }
    }

    private synchronized Trouble trouble() {
        return trouble;
    }

    private static void start(String name, Runnable loop) {
        Thread thread = new Thread(loop, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException closed) {
                // the loop's condition says whether that was meant
            }
        }
    }

    private void connect(Socket client) {
        open.add(client);
        if (trouble() == Trouble.DROP) {
            reset(client);
            return;
        }
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), upstream);
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            start("asked-" + port(), () -> carry(client, server, false));
            start("answered-" + port(), () -> carry(server, client, true));
        } catch (IOException nobodyThere) {
            reset(client);
        }
    }

    private void carry(Socket from, Socket to, boolean answers) {
        byte[] bytes = new byte[64 * 1024];
        try {
            int count = from.getInputStream().read(bytes);
            while (count >= 0) {
                hold(answers);
                to.getOutputStream().write(Arrays.copyOf(bytes, count));
                count = from.getInputStream().read(bytes);
            }
        } catch (IOException over) {
            // one end is gone, and the other shall know
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reset(from);
            reset(to);
        }
    }

    private void hold(boolean answers) throws InterruptedException {
        if (trouble() == Trouble.DELAY) {
            Thread.sleep(DELAY_MILLIS);
        }
        synchronized (this) {
            while (trouble == Trouble.STALL || answers && trouble == Trouble.HALVE) {
                wait();
            }
        }
    }

    private void reset(Socket socket) {
        open.remove(socket);
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException alreadyClosed) {
            // as wanted
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        set(Trouble.DROP);
    }
}
