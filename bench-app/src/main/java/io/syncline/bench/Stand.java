package io.syncline.bench;

import io.syncline.systemtests.stack.Containers;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mysql.MySQLContainer;

/**
 * The servers that all contenders use: two of MySQL with its own defaults, and a broker. They end with this JVM. All are reached at
 * their containers' addresses: a port of this machine would have each byte copied by a process of Docker's.
 */
record Stand(MySqlServer source, MySqlServer target, KafkaContainer kafka) {

    private static final int BROKER_PORT = 19092;

    static Stand start() {
        MySQLContainer source = Containers.mysql();
        MySQLContainer target = Containers.mysql();
        KafkaContainer kafka = Containers.kafka();
        kafka.withListener("0.0.0.0:" + BROKER_PORT, () -> broker(kafka));
        Containers.start(source, target, kafka);
        return new Stand(MySqlServer.of(source), MySqlServer.of(target), kafka);
    }

    /** Where clients find the broker. */
    String broker() {
        return broker(kafka);
    }

    private static String broker(KafkaContainer kafka) {
        return Docker.address(kafka.getContainerId()) + ":" + BROKER_PORT;
    }

    /** Measures the servers from now on. */
    Meter meter() {
        return new Meter()
                .running("source", source.pid())
                .running("target", target.pid())
                .running("broker", brokerPid());
    }

    /** The JVM's: its container began with a shell. */
    private long brokerPid() {
        long shell = Docker.pid(kafka.getContainerId());
        return ProcessHandle.of(shell).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .mapToLong(ProcessHandle::pid)
                .findFirst()
                .orElse(shell);
    }
}
