package io.syncline.systemtests.stack;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.mysql.MySQLContainer;

/** The containers that tests and measurements use, of the versions that the project is about. */
public final class Containers {

    private static final String MYSQL = "mysql:9.7";
    private static final String KAFKA = "apache/kafka:4.3.1";
    private static final String PASSWORD = "p@ss:w/rd#1";
    /** Several test JVMs start all of theirs at once, on whatever cores there are. */
    private static final Duration STARTUP = Duration.ofMinutes(4);

    private Containers() {}

    /** A server whose root may come from anywhere; not started. */
    public static MySQLContainer mysql(String... arguments) {
        return new MySQLContainer(MYSQL)
                .withUsername("root")
                .withPassword(PASSWORD)
                .withDatabaseName("unused")
                .withCommand(
                        Stream.concat(Stream.of("mysqld"), Stream.of(arguments)).toArray(String[]::new));
    }

    /** One broker that makes no topics by itself; not started. */
    public static KafkaContainer kafka() {
        return new KafkaContainer(KAFKA)
                .withStartupTimeout(STARTUP)
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
                        "KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000",
                        "KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "8",
                        "KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "8"));
    }

    /** Starts them side by side; Testcontainers ends them with this JVM. */
    public static void start(GenericContainer<?>... containers) {
        Startables.deepStart(containers).join();
    }

    public static DatabaseServer server(MySQLContainer started) {
        return new DatabaseServer(
                started.getHost(), started.getMappedPort(MySQLContainer.MYSQL_PORT), "root", PASSWORD);
    }
}
