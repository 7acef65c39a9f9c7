package io.syncline.loader.consume;

import io.syncline.common.event.Topics;
import io.syncline.common.model.TableId;
import io.syncline.common.mysql.Database;
import io.syncline.common.row.RowSchema;
import io.syncline.common.run.StopSignal;
import io.syncline.loader.FakeServer;
import io.syncline.loader.catalog.Catalog;
import io.syncline.loader.catalog.SampleCatalog;
import io.syncline.loader.catalog.TopicTail;
import io.syncline.loader.refresh.GenerationMarks;
import io.syncline.loader.refresh.Refreshes;
import io.syncline.loader.target.PartitionFence;
import io.syncline.loader.target.SampleTarget;
import io.syncline.loader.target.TableHalts;
import io.syncline.loader.target.TargetTables;
import io.syncline.loader.write.BatchWriter;
import io.syncline.loader.write.MemoryBudget;
import io.syncline.loader.write.RejectLog;
import io.syncline.loader.write.WriterChoice;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The loader's own parts over a server that is none, with a schemas topic that can no longer be read. Thread-safe. */
final class FakeTarget implements AutoCloseable {

    private final FakeServer server = new FakeServer();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    private final PartitionApplier applier;

    /** With the schema's table in it, which is at that schema. */
    static FakeTarget holding(RowSchema schema) {
        FakeTarget target = new FakeTarget(SampleCatalog.of(schema));
        target.server.holds(
                schema.table().id().table(), SampleTarget.like(schema).description());
        return target;
    }

    FakeTarget(Catalog catalog) {
        StopSignal stopped = new StopSignal();
        stopped.stop();
        Topics topics = new Topics("syncline");
        TopicTail tail = new TopicTail(
                () -> {
                    throw new AssertionError("nobody runs the tail");
                },
                partitions -> Map.of(),
                topics,
                catalog,
                () -> {},
                stopped);
        Database database = server.database();
        PartitionFence fence = new PartitionFence("group");
        TargetTables tables = new TargetTables(
                database, TableId::table, (connection, source) -> fence.loseTable(connection, topics.rows(source)));
        server.yields("SELECT epoch, group_generation", Map.of("1", 5, "2", 1, "3", 5, "4", "topic-1"));
        this.applier = new PartitionApplier(
                database,
                catalog,
                tail,
                tables,
                fence,
                new BatchWriter(database, new WriterChoice(false, true), new MemoryBudget(1 << 26)),
                new Refreshes(database, tables, new GenerationMarks("group")),
                new RejectLog(producer, topics, false),
                new TableHalts(database, "group", false));
    }

    FakeServer server() {
        return server;
    }

    PartitionApplier applier() {
        return applier;
    }

    List<ProducerRecord<byte[], byte[]>> rejects() {
        return producer.history();
    }

    @Override
    public void close() {
        server.close();
    }
}
