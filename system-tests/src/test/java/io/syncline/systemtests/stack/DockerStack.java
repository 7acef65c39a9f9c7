package io.syncline.systemtests.stack;

import java.util.stream.Stream;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mysql.MySQLContainer;

/** MySQL and Kafka in containers. They end with this JVM. */
record DockerStack(DatabaseServer source, DatabaseServer target, String bootstrapServers) implements Stack {

    static DockerStack start() {
        MySQLContainer source = mysql("--default-time-zone=+02:00");
        MySQLContainer target = mysql("--default-time-zone=-05:00", "--sql-mode=", "--local-infile=ON");
        KafkaContainer kafka = Containers.kafka();
        Containers.start(source, target, kafka);
        return new DockerStack(Containers.server(source), Containers.server(target), kafka.getBootstrapServers());
    }

    private static MySQLContainer mysql(String... arguments) {
        String[] common = {
            "--character-set-server=utf8mb4",
            "--max-allowed-packet=64M",
            "--skip-log-bin",
            "--innodb-flush-log-at-trx-commit=2"
        };
        return Containers.mysql(
                Stream.concat(Stream.of(common), Stream.of(arguments)).toArray(String[]::new));
    }
}
