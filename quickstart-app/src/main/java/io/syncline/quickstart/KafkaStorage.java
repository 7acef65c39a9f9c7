package io.syncline.quickstart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/**
 * The folder of a single KRaft node, broker and controller in one: its settings and its formatted log directory. Made once; a node
 * started again in the same folder goes on with the same ports and records.
 *
 * @param proxied further ports, each for the clients of one proxy
 */
record KafkaStorage(Path folder, int port, List<Integer> proxied) {
    // the session's timeout is how long a broker that was killed stays away from its restarted self
    private static final String SETTINGS = """
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@127.0.0.1:%2$d
            controller.listener.names=CONTROLLER
            listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d%4$s
            advertised.listeners=PLAINTEXT://127.0.0.1:%1$d%5$s
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT%6$s
            inter.broker.listener.name=PLAINTEXT
            log.dirs=%3$s
            auto.create.topics.enable=false
            broker.session.timeout.ms=4000
            broker.heartbeat.interval.ms=500
            group.initial.rebalance.delay.ms=0
            group.min.session.timeout.ms=1000
            offsets.topic.num.partitions=8
            offsets.topic.replication.factor=1
            transaction.state.log.num.partitions=8
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            share.coordinator.state.topic.num.partitions=1
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            """;

    KafkaStorage {
        proxied = List.copyOf(proxied);
    }

    /**
     * Writes the settings, with free ports, and formats the log directory.
     *
     * @param proxies the ports of proxies, which clients that come through them are told to come back to
     */
    static KafkaStorage format(Path folder, int... proxies) {
        var proxied = new ArrayList<Integer>();
        var listeners = new StringBuilder();
        var advertised = new StringBuilder();
        var protocols = new StringBuilder();
        for (var proxy : proxies) {
            var name = ",PROXY" + proxied.size();
            proxied.add(FreePort.any());
            listeners.append(name).append("://127.0.0.1:").append(proxied.get(proxied.size() - 1));
            advertised.append(name).append("://127.0.0.1:").append(proxy);
            protocols.append(name).append(":PLAINTEXT");
        }
        var storage = new KafkaStorage(folder, FreePort.any(), proxied);
        try {
            Files.createDirectories(folder);
            // a properties file takes a backslash as an escape; Java takes a slash on every system
            var logs = folder.resolve("records").toString().replace('\\', '/');
            Files.writeString(
                    storage.settings(),
                    SETTINGS.formatted(storage.port, FreePort.any(), logs, listeners, advertised, protocols));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        storage.runFormat();
        return storage;
    }

    Path settings() {
        return folder.resolve("server.properties");
    }

    private void runFormat() {
        var said = new ByteArrayOutputStream();
        var status = StorageTool.execute(
                new String[] {
                    "format",
                    "--config",
                    settings().toString(),
                    "--cluster-id",
                    Uuid.randomUuid().toString()
                },
                new PrintStream(said, true, StandardCharsets.UTF_8));
        if (status != 0) {
            throw new IllegalStateException("formatting " + folder + ": " + said.toString(StandardCharsets.UTF_8));
        }
    }
}
