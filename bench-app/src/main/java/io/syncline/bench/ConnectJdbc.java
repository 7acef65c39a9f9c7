package io.syncline.bench;

import io.syncline.systemtests.stack.DatabaseServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Kafka Connect JDBC as Aiven maintains it: a source that asks the table for what is new by its modifier and key, and a JDBC sink.
 *
 * @param jars the folder that holds the connectors' jars and a driver for MySQL
 */
record ConnectJdbc(Path jars) implements Peer {

    static final String NAME = "Kafka Connect JDBC";

    /**
     * A date of Kafka Connect has milliseconds, the modifier has microseconds: it is read a second time, as text, which is what goes to
     * the target.
     */
    private static final String QUERY = "SELECT id, customer_id, status, amount, currency, paid, note, created_at,"
            + " changed_at, CAST(changed_at AS CHAR) AS changed_text FROM " + Orders.TABLE;

    @Override
    public String name() {
        return NAME;
    }

    /** The worker wants a folder of such folders, which is not to have any others. */
    @Override
    public Path plugins() throws NotMeasuredException {
        Path plugins = PeerJars.folder("connect-jdbc");
        Path link = plugins.resolve("jars");
        try {
            Files.createDirectories(plugins);
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, jars.toAbsolutePath());
        } catch (IOException e) {
            throw new NotMeasuredException("no link to " + jars + " can be made in " + plugins + ": " + e);
        }
        return plugins;
    }

    @Override
    public Map<String, Map<String, String>> connectors(Stand stand, String from, String to, String run, Path folder) {
        return Map.of(
                "jdbc-source", source(stand.source().address(), from, run),
                "jdbc-sink", sink(stand.target().address(), to, run));
    }

    private static Map<String, String> source(DatabaseServer server, String database, String topic) {
        Map<String, String> settings = new HashMap<>(ConnectSettings.fastSource());
        settings.putAll(Map.of(
                "connector.class",
                "io.aiven.connect.jdbc.JdbcSourceConnector",
                // a cursor, for the driver would hold the whole table otherwise
                "connection.url",
                ConnectSettings.url(server, database) + "&useCursorFetch=true&defaultFetchSize=10000",
                "connection.user",
                server.user(),
                "connection.password",
                server.password(),
                "query",
                QUERY,
                "topic.prefix",
                topic));
        // no delay, which is its default; a negative one would be faster, and lose rows that are committed out of order
        settings.putAll(Map.of(
                "mode", "timestamp+incrementing",
                "timestamp.column.name", "changed_at",
                "incrementing.column.name", "id",
                "poll.interval.ms", "100",
                "batch.max.rows", "10000"));
        // the key keeps the versions of a row in one partition
        settings.putAll(Map.of(
                "transforms", "key,id,row",
                "transforms.key.type", "org.apache.kafka.connect.transforms.ValueToKey",
                "transforms.key.fields", "id",
                "transforms.id.type", "org.apache.kafka.connect.transforms.ExtractField$Key",
                "transforms.id.field", "id",
                "transforms.row.type", "org.apache.kafka.connect.transforms.ReplaceField$Value",
                "transforms.row.exclude", "changed_at",
                "transforms.row.renames", "changed_text:changed_at"));
        return settings;
    }

    private static Map<String, String> sink(DatabaseServer server, String database, String topic) {
        Map<String, String> settings = new HashMap<>(ConnectSettings.fastSink(topic, server, database));
        settings.putAll(Map.of(
                "connector.class",
                "io.aiven.connect.jdbc.JdbcSinkConnector",
                "connection.user",
                server.user(),
                "pk.mode",
                "record_key",
                "pk.fields",
                "id",
                "table.name.format",
                Orders.TABLE));
        return settings;
    }
}
