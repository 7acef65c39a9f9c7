package io.syncline.bench;

import io.syncline.systemtests.stack.Containers;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mysql.MySQLContainer;

/** The servers that all contenders use: two of MySQL with its own defaults, and a broker. They end with this JVM. */
record Stand(MySqlServer source, MySqlServer target, KafkaContainer kafka) {

    static Stand start() {
        MySQLContainer source = Containers.mysql();
        MySQLContainer target = Containers.mysql();
        KafkaContainer kafka = Containers.kafka();
        Containers.start(source, target, kafka);
        return new Stand(MySqlServer.of(source), MySqlServer.of(target), kafka);
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
