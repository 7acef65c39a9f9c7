package io.syncline.systemtests.faults;

import io.syncline.quickstart.EmbeddedKafka;
import io.syncline.quickstart.EmbeddedMariaDb;
import io.syncline.systemtests.faults.Fault.Kind;
import io.syncline.systemtests.faults.TcpProxy.Trouble;
import io.syncline.systemtests.stack.DatabaseServer;
import io.syncline.systemtests.stack.ForkFolder;
import io.syncline.systemtests.stack.Stack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A broker and two database servers that can be killed and paused, and for each of two places where services run a link of its own
 * to each of the three that can be cut. They are processes of this machine whichever stack the other tests run on: a process
 * can be stopped by its id, and comes back in the state in which it was left. The tests themselves take the direct way.
 */
final class Servers implements Stack, AutoCloseable {

    /** Of tests that run on these servers alone, so that another stack makes no difference to them. */
    static final String TAG = "own-servers";

    static final int PLACES = 2;

    private static final List<String> NAMES = List.of("kafka", "source", "target");

    private final Map<String, TcpProxy> links = new LinkedHashMap<>();
    private final EmbeddedKafka kafka;
    private final EmbeddedMariaDb source;
    private final EmbeddedMariaDb target;

    private Servers() {
        for (int place = 0; place < PLACES; place++) {
            for (String name : NAMES) {
                links.put(link(place, name), new TcpProxy());
            }
        }
        kafka = EmbeddedKafka.behind(ForkFolder.empty("faults-kafka"), port(0, "kafka"), port(1, "kafka"));
        source = EmbeddedMariaDb.start(ForkFolder.empty("faults-source"), "unused", "--default-time-zone=+02:00");
        target = EmbeddedMariaDb.start(
                ForkFolder.empty("faults-target"), "unused", "--default-time-zone=-05:00", "--local-infile=ON");
        for (int place = 0; place < PLACES; place++) {
            proxy(place, "kafka").leadTo(kafka.proxied(place));
            proxy(place, "source").leadTo(source.port());
            proxy(place, "target").leadTo(target.port());
        }
    }

    static Servers start() {
        return new Servers();
    }

    @Override
    public DatabaseServer source() {
        return direct(source);
    }

    @Override
    public DatabaseServer target() {
        return direct(target);
    }

    private static DatabaseServer direct(EmbeddedMariaDb server) {
        return new DatabaseServer(server.host(), server.port(), server.user(), server.password());
    }

    @Override
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** The port by which a service at this place reaches a server. */
    int port(int place, String name) {
        return proxy(place, name).port();
    }

    private TcpProxy proxy(int place, String name) {
        TcpProxy proxy = links.get(link(place, name));
        if (proxy == null) {
            throw new IllegalArgumentException(name);
        }
        return proxy;
    }

    private static String link(int place, String name) {
        return "place " + place + " to " + name;
    }

    List<String> links() {
        return List.copyOf(links.keySet());
    }

    /** Begins or, with {@code begins} false, ends what a fault does to a link. */
    void cut(Fault fault, boolean begins) {
        TcpProxy link = links.get(fault.victim());
        if (link == null) {
            throw new IllegalArgumentException(fault.toString());
        }
        link.set(begins ? trouble(fault.kind()) : Trouble.NONE);
    }

    private static Trouble trouble(Kind kind) {
        return switch (kind) {
            case DROP -> Trouble.DROP;
            case DELAY -> Trouble.DELAY;
            case STALL -> Trouble.STALL;
            case HALVE -> Trouble.HALVE;
            case KILL, PAUSE -> throw new IllegalArgumentException(kind + " is nothing for a link");
        };
    }

    List<Victim> processes() {
        return List.of(
                new Server("kafka", kafka::pid, kafka::kill, kafka::restart),
                new Server("source", source::pid, source::kill, source::restart),
                new Server("target", target::pid, target::kill, target::restart));
    }

    private record Server(String name, java.util.function.LongSupplier id, Runnable killing, Runnable restarting)
            implements Victim {

        @Override
        public long pid() {
            return id.getAsLong();
        }

        @Override
        public void kill() {
            killing.run();
        }

        @Override
        public void restart() {
            restarting.run();
        }
    }

    @Override
    public void close() {
        links.values().forEach(TcpProxy::close);
        kafka.close();
        source.close();
        target.close();
    }
}
