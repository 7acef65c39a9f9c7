package io.syncline.systemtests.faults;

import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.requests.RequestHeader;

/**
 * An event of a producer's transaction in a partition of which Kafka's coordinator does not know, so that nobody ends it there: what
 * is left where the coordinator forgot the partition. Written by Kafka's protocol, since no client does such a thing; the broker's check
 * against it is off meanwhile.
 */
final class UnendedTransaction {

    private static final short VERSION = 11;
    private static final String CHECK = "transaction.partition.verification.enable";

    private UnendedTransaction() {}

    /** Leaves it; returns the event's offset. */
    static long leave(Admin admin, String transactionalId, TopicPartition partition, byte[] key, byte[] value)
            throws ExecutionException, InterruptedException, IOException {
        TransactionDescription producer = admin.describeTransactions(List.of(transactionalId))
                .description(transactionalId)
                .get();
        Node broker = admin.describeCluster().nodes().get().iterator().next();
        check(admin, broker, false);
        try {
            MemoryRecords records = MemoryRecords.withTransactionalRecords(
                    Compression.NONE,
                    producer.producerId(),
                    (short) producer.producerEpoch(),
                    0,
                    new SimpleRecord(System.currentTimeMillis(), key, value));
            // the broker hears of its setting a little later
            return await("a broker that does not check")
                    .ignoreException(TransactionAbortableException.class)
                    .until(() -> send(broker, request(transactionalId, partition, records)), offset -> offset >= 0);
        } finally {
            check(admin, broker, true);
        }
    }

    private static void check(Admin admin, Node broker, boolean on) throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker.idString());
        ConfigEntry entry = new ConfigEntry(CHECK, Boolean.toString(on));
        admin.incrementalAlterConfigs(Map.of(resource, List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private static ProduceRequest request(String transactionalId, TopicPartition partition, MemoryRecords records) {
        TopicProduceDataCollection topics = new TopicProduceDataCollection();
        topics.add(new TopicProduceData()
                .setName(partition.topic())
                .setPartitionData(List.of(new PartitionProduceData()
                        .setIndex(partition.partition())
                        .setRecords(records))));
        return ProduceRequest.builder(
                        new ProduceRequestData()
                                .setTransactionalId(transactionalId)
                                .setAcks((short) -1)
                                .setTimeoutMs(5_000)
                                .setTopicData(topics),
                        true)
                .build(VERSION);
    }

    private static long send(Node broker, ProduceRequest request) throws IOException {
        RequestHeader header = new RequestHeader(ApiKeys.PRODUCE, VERSION, "test", 1);
        ByteBuffer bytes = request.serializeWithHeader(header);
        try (Socket socket = new Socket(broker.host(), broker.port());
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                DataInputStream in = new DataInputStream(socket.getInputStream())) {
            out.writeInt(bytes.remaining());
            out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            byte[] answer = new byte[in.readInt()];
            in.readFully(answer);
            ProduceResponse response =
                    (ProduceResponse) AbstractResponse.parseResponse(ByteBuffer.wrap(answer), header);
            var written = response.data()
                    .responses()
                    .iterator()
                    .next()
                    .partitionResponses()
                    .get(0);
            Errors.forCode(written.errorCode()).maybeThrow();
            return written.baseOffset();
        }
    }
}
