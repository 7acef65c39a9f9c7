package io.syncline.bench;

import io.syncline.systemtests.stack.DatabaseServer;
import java.util.Map;

/** What makes any source and any JDBC sink on Kafka Connect fast. */
final class ConnectSettings {

    /** Rows of one of the sink's statements; a sink writes no more than what it has polled. */
    private static final String BATCH = "3000";

    private ConnectSettings() {}

    /** A compressed topic of four partitions, as Syncline's, in large batches. */
    static Map<String, String> fastSource() {
        return Map.of(
                "topic.creation.default.partitions", "4",
                "topic.creation.default.replication.factor", "1",
                "producer.override.compression.type", "lz4",
                "producer.override.batch.size", "262144");
    }

    /** Two tasks that upsert what they take in one poll at once, and that soon notice the topic. */
    static Map<String, String> fastSink(String topic, DatabaseServer server, String database) {
        return Map.of(
                "connection.url",
                url(server, database),
                "connection.password",
                server.password(),
                "insert.mode",
                "upsert",
                "topics",
                topic,
                "tasks.max",
                "2",
                "batch.size",
                BATCH,
                "consumer.override.max.poll.records",
                BATCH,
                "consumer.override.max.partition.fetch.bytes",
                "8388608",
                "consumer.override.metadata.max.age.ms",
                "500");
    }

    /** One statement for a batch: the driver would otherwise send one for each row. */
    static String url(DatabaseServer server, String database) {
        return "jdbc:mysql://" + server.host() + ":" + server.port() + "/" + database
                + "?rewriteBatchedStatements=true";
    }
}
