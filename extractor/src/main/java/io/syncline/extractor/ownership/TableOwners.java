package io.syncline.extractor.ownership;

import io.syncline.common.config.TableSettings;
import io.syncline.common.event.Topics;
import io.syncline.common.event.Watermark;
import io.syncline.common.kafka.CommittedEvents;
import io.syncline.common.kafka.KafkaClients;
import io.syncline.common.kafka.LogEnds;
import io.syncline.common.kafka.OpenTransactions;
import io.syncline.common.kafka.TopicCreator;
import io.syncline.common.model.TableId;
import io.syncline.common.mysql.Database;
import io.syncline.common.run.StopSignal;
import io.syncline.extractor.publish.PublishedSchemas;
import io.syncline.extractor.publish.TopicWatch;
import io.syncline.extractor.source.SourceClock;
import io.syncline.extractor.source.StructureWatch;
import io.syncline.extractor.table.TableProgress;
import io.syncline.extractor.table.TableTask;
import io.syncline.extractor.table.TableTools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides which tables belong to which partition of the watermarks topic, and equips their owners. Thread-safe. */
public final class TableOwners implements OwnedPartition.Parts {

    private static final Logger LOG = LoggerFactory.getLogger(TableOwners.class);
    /** A member that fetches nothing looks at its connections this often, ten times a second by Kafka's own setting. */
    private static final Map<String, Object> CALM = Map.of(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, 500);

    private static final Duration STUCK = Duration.ofMinutes(2);

    private final Topics topics;
    private final int partitions;
    private final String group;
    private final List<TableSettings> tables;
    private final Duration interval;
    private final int fetchLimit;
    private final Database source;
    private final KafkaClients clients;
    private final TopicCreator topicCreator;
    private final PublishedSchemas schemas;
    private final Map<TableId, TableProgress> progress;
    private final SourceClock clock;
    private final StructureWatch structure;
    private final WatermarkLog log;
    private final CommittedEvents committed;
    private final UnendedTransactions unended;
    private final TopicWatch watch;
    private final TopicWatch sharedWatch;
    private final Map<Integer, String> kafkaTroubles = new ConcurrentHashMap<>();
    private volatile long polled = System.nanoTime();

    /** @param partitions of the watermarks topic */
    public TableOwners(
            Topics topics,
            int partitions,
            String group,
            List<TableSettings> tables,
            Duration interval,
            int fetchLimit,
            Database source,
            KafkaClients clients,
            TopicCreator topicCreator,
            LogEnds logEnds,
            OpenTransactions openTransactions,
            PublishedSchemas schemas,
            Map<TableId, TableProgress> progress) {
        this.topics = topics;
        this.partitions = partitions;
        this.group = group;
        this.tables = tables;
        this.interval = interval;
        this.fetchLimit = fetchLimit;
        this.source = source;
        this.clients = clients;
        this.topicCreator = topicCreator;
        this.schemas = schemas;
        this.progress = progress;
        this.clock = new SourceClock(source);
        this.structure = new StructureWatch(source);
        this.watch = new TopicWatch(topicCreator::of);
        this.sharedWatch = new TopicWatch(topicCreator::identities);
        this.log = new WatermarkLog(
                topics, () -> clients.reader("restore"), () -> clients.uncommittedReader("restore"), logEnds);
        this.committed = new CommittedEvents(() -> clients.reader("check"));
        this.unended = new UnendedTransactions(topics, openTransactions, committed, log);
    }

    /** Runs until stopped, or until all had their single pass; true where no table failed. */
    public boolean run(StopSignal stop) throws InterruptedException {
        try (committed) {
            return new Ownership(clients.member(group, CALM), topics.watermarks(), this, interval.isZero()).run(stop);
        }
    }

    private TableId id(TableSettings table) {
        return new TableId(source.settings().name(), table.table());
    }

    private List<TableSettings> tablesOf(int partition) {
        return tables.stream()
                .filter(table -> Utils.toPositive(Utils.murmur2(Watermark.key(id(table)))) % partitions == partition)
                .toList();
    }

    @Override
    public boolean hasTables(int partition) {
        return !tablesOf(partition).isEmpty();
    }

    @Override
    public Producer<byte[], byte[]> producer(int partition) {
        return clients.transactional(group + "-" + partition);
    }

    @Override
    public String sharedTopics() throws InterruptedException {
        return topics.watermarks()
                + sharedWatch.identity(topics.watermarks())
                + topics.schemas()
                + sharedWatch.identity(topics.schemas());
    }

    @Override
    public void restoreSharedTopics() throws InterruptedException {
        if (sharedWatch.identity(topics.watermarks()).isEmpty()
                || sharedWatch.identity(topics.schemas()).isEmpty()) {
            LOG.warn("a topic of Syncline's is missing and made anew: {} or {}", topics.watermarks(), topics.schemas());
            topicCreator.createShared();
            sharedWatch.forget();
        }
    }

    @Override
    public void endTransactions(int partition, Producer<byte[], byte[]> producer) throws InterruptedException {
        unended.end(scope(partition), producer);
    }

    @Override
    public void requireNoTransaction(int partition) throws InterruptedException {
        UnendedTransactions.Scope scope;
        try {
            scope = scope(partition);
        } catch (KafkaException e) {
            LOG.debug("transactions are not looked at for now", e);
            return;
        }
        unended.requireNone(scope);
    }

    private UnendedTransactions.Scope scope(int partition) throws InterruptedException {
        Map<String, TableId> tableOfTopic =
                tablesOf(partition).stream().map(this::id).collect(Collectors.toMap(topics::rows, table -> table));
        List<String> names = new ArrayList<>(tableOfTopic.keySet());
        names.add(topics.schemas());
        names.add(topics.rejects());
        return new UnendedTransactions.Scope(
                new TopicPartition(topics.watermarks(), partition), tableOfTopic, topicCreator.existing(names));
    }

    @Override
    public Map<TableId, Watermark> watermarks(int partition) throws InterruptedException {
        return log.watermarks(partition);
    }

    @Override
    public List<TableTask> tasks(int partition, Producer<byte[], byte[]> producer, Map<TableId, Watermark> watermarks)
            throws InterruptedException {
        tablesOf(partition).forEach(table -> schemas.forget(id(table)));
        log.schemas(schemas);
        TableTools tools = new TableTools(
                source,
                clock,
                structure,
                schemas,
                topicCreator,
                watch,
                committed,
                topics,
                producer,
                partition,
                fetchLimit);
        List<TableTask> tasks = new ArrayList<>();
        for (TableSettings table : tablesOf(partition)) {
            TableId id = id(table);
            TableProgress shown = progress.computeIfAbsent(
                    id, unknown -> new TableProgress(id, table.modifier().isPresent()));
            tasks.add(new TableTask(table, tools, shown, interval, interval.isZero(), watermarks.get(id)));
        }
        return tasks;
    }

    @Override
    public void released(int partition) {
        tablesOf(partition).stream().map(table -> progress.get(id(table))).forEach(shown -> {
            if (shown != null) {
                shown.released();
            }
        });
    }

    @Override
    public void kafkaFared(int partition, String trouble) {
        polled = partition < 0 ? System.nanoTime() : polled;
        if (trouble.isEmpty()) {
            kafkaTroubles.remove(partition);
        } else {
            kafkaTroubles.put(partition, trouble);
        }
    }

    /** Reasons to restart the process. */
    public List<String> whyNotLive() {
        long silent = System.nanoTime() - polled;
        return silent > STUCK.toNanos()
                ? List.of("the consumer group has not been polled for "
                        + Duration.ofNanos(silent).toSeconds() + " s")
                : List.of();
    }

    /** Reasons for which tables are not read. */
    public List<String> whyNotReady() {
        return kafkaTroubles.values().stream()
                .distinct()
                .map(trouble -> "Kafka: " + trouble)
                .toList();
    }
}
