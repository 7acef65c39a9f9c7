package io.syncline.systemtests.stack;

import java.util.Map;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.mysql.MySQLContainer;

/** MySQL and Kafka in containers. They end with this JVM, where Testcontainers' own reaper may not run, too. */
record DockerStack(DatabaseServer source, DatabaseServer target, String bootstrapServers) implements Stack {

    private static final String MYSQL = "mysql:9.7";
    private static final String KAFKA = "apache/kafka:4.3.1";
    private static final String PASSWORD = "p@ss:w/rd#1";

    static DockerStack start() {
        MySQLContainer source = mysql("--default-time-zone=+02:00");
        MySQLContainer target = mysql("--default-time-zone=-05:00", "--sql-mode=", "--local-infile=ON");
        KafkaContainer kafka = kafka();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> Stream.of(source, target, kafka).parallel().forEach(GenericContainer::stop),
                        "containers-stop"));
        Startables.deepStart(source, target, kafka).join();
        return new DockerStack(server(source), server(target), kafka.getBootstrapServers());
    }

    private static MySQLContainer mysql(String... arguments) {
        String[] common = {
            "mysqld",
            "--character-set-server=utf8mb4",
            "--max-allowed-packet=64M",
            "--skip-log-bin",
            "--innodb-flush-log-at-trx-commit=2"
        };
        return new MySQLContainer(MYSQL)
                .withUsername("root")
                .withPassword(PASSWORD)
                .withDatabaseName("unused")
                .withCommand(
                        Stream.concat(Stream.of(common), Stream.of(arguments)).toArray(String[]::new));
    }

    private static KafkaContainer kafka() {
        return new KafkaContainer(KAFKA)
                // Testcontainers' own, after a chmod: some builds of the image ship read-only what its start script
                // edits
                .withCommand(
                        "sh",
                        "-c",
                        "chmod -f u+w /etc/kafka/docker/*; while [ ! -f /tmp/testcontainers_start.sh ]; do sleep 0.1; done;"
                                + " /tmp/testcontainers_start.sh")
                .withEnv(Map.of(
                        "KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false",
                        "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0",
                        "KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "8",
                        "KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "8"));
    }

    private static DatabaseServer server(MySQLContainer container) {
        return new DatabaseServer(
                container.getHost(), container.getMappedPort(MySQLContainer.MYSQL_PORT), "root", PASSWORD);
    }
}
