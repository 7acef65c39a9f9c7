package io.syncline.bench;

import io.syncline.systemtests.stack.DatabaseServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Debezium's source for MySQL, which copies and then reads the binary log, and Debezium's JDBC sink. */
final class Debezium implements Peer {

    @Override
    public String name() {
        return "Debezium";
    }

    @Override
    public Path plugins() throws NotMeasuredException {
        PeerJars.fetch("debezium/mysql");
        PeerJars.fetch("debezium/jdbc");
        return PeerJars.folder("debezium");
    }

    @Override
    public Map<String, Map<String, String>> connectors(Stand stand, String from, String to, String run, Path folder) {
        return Map.of(
                "debezium-source", source(stand.source().address(), from, run, folder),
                "debezium-sink", sink(stand.target().address(), to, run + "." + from + "." + Orders.TABLE));
    }

    private static Map<String, String> source(DatabaseServer server, String database, String run, Path folder) {
        Map<String, String> settings = new HashMap<>(ConnectSettings.fastSource());
        settings.putAll(Map.of(
                "connector.class",
                "io.debezium.connector.mysql.MySqlConnector",
                "database.hostname",
                server.host(),
                "database.port",
                Integer.toString(server.port()),
                "database.user",
                server.user(),
                "database.password",
                server.password(),
                "database.server.id",
                "7001",
                "topic.prefix",
                run,
                "database.include.list",
                database,
                "table.include.list",
                database + "." + Orders.TABLE,
                "snapshot.mode",
                "initial"));
        settings.putAll(Map.of(
                "schema.history.internal", "io.debezium.storage.file.history.FileSchemaHistory",
                "schema.history.internal.file.filename",
                        folder.resolve("schema-history").toString(),
                "include.schema.changes", "false",
                "snapshot.max.threads", "2",
                "max.batch.size", "8192",
                "max.queue.size", "32768",
                "poll.interval.ms", "10"));
        // the row alone: with the row before, the place in the log and the schema of all that, records are far larger
        settings.putAll(
                Map.of("transforms", "row", "transforms.row.type", "io.debezium.transforms.ExtractNewRecordState"));
        return settings;
    }

    private static Map<String, String> sink(DatabaseServer server, String database, String topic) {
        Map<String, String> settings = new HashMap<>(ConnectSettings.fastSink(topic, server, database));
        settings.putAll(Map.of(
                "connector.class",
                "io.debezium.connector.jdbc.JdbcSinkConnector",
                "connection.username",
                server.user(),
                "primary.key.mode",
                "record_key",
                "collection.name.format",
                Orders.TABLE));
        return settings;
    }
}
