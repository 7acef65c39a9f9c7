package io.syncline.loader;

import io.syncline.common.config.ConfigurationException;
import io.syncline.common.http.HealthServer;
import io.syncline.common.kafka.KafkaClients;
import io.syncline.common.kafka.LogEnds;
import io.syncline.common.kafka.TopicCreator;
import io.syncline.common.mysql.Database;
import io.syncline.common.mysql.SqlFault;
import io.syncline.common.run.ExitStatus;
import io.syncline.common.run.Startup;
import io.syncline.common.run.StopSignal;
import io.syncline.loader.catalog.Catalog;
import io.syncline.loader.catalog.TopicTail;
import io.syncline.loader.consume.LostTables;
import io.syncline.loader.consume.PartitionApplier;
import io.syncline.loader.consume.PartitionPump;
import io.syncline.loader.keys.LaterKeys;
import io.syncline.loader.loads.LoadLedger;
import io.syncline.loader.refresh.GenerationMarks;
import io.syncline.loader.refresh.Refreshes;
import io.syncline.loader.target.PartitionFence;
import io.syncline.loader.target.PendingIndexes;
import io.syncline.loader.target.TableHalts;
import io.syncline.loader.target.TargetTables;
import io.syncline.loader.write.BatchWriter;
import io.syncline.loader.write.MemoryBudget;
import io.syncline.loader.write.RejectLog;
import io.syncline.loader.write.WriterChoice;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the service's parts together and runs them; every thread of ours is started here. */
final class Loader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Loader.class);
    private static final int WRITERS = 4;
    private static final Duration WRITERS_PATIENCE = Duration.ofSeconds(2);
    /** A writer may need a second session to prepare a table; some are for health and the ledger. */
    private static final int CONNECTIONS = 2 * WRITERS + 4;

    private static final Map<String, Object> CONSUMING = Map.of(
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000,
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 * 1024 * 1024,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 * 1024 * 1024);

    private final LoaderSettings settings;
    private final StopSignal stop;
    private final Startup startup;
    private final Database target;
    private final KafkaClients clients;
    private final Admin admin;
    private final TopicCreator topicCreator;
    private final LoaderHealth health;
    private final HealthServer server;
    /** Whether the target lets clients send files; asked when it is prepared. */
    private boolean localInfile;
    /** Whether its binary log takes what is written under READ COMMITTED. */
    private boolean overlaps;

    Loader(LoaderSettings settings, StopSignal stop) {
        this.settings = settings;
        this.stop = stop;
        this.startup = new Startup(stop, settings.singlePass());
        this.target = new Database(settings.target(), Database.Use.WRITE, CONNECTIONS);
        this.clients = new KafkaClients(settings.kafka(), "syncline-loader");
        this.admin = clients.admin();
        this.topicCreator = new TopicCreator(
                admin,
                settings.kafka().topics(),
                settings.kafka().topicPartitions(),
                settings.kafka().watermarkPartitions());
        this.health = new LoaderHealth(target, startup);
        this.server = new HealthServer(settings.httpPort(), health);
    }

    ExitStatus run() throws InterruptedException {
        LOG.info("loader starts target={} group={} port={}", settings.target(), settings.group(), server.port());
        if (!settings.kafka().ignored().isEmpty()) {
            LOG.info(
                    "variables that name no setting of a Kafka client are ignored: {}",
                    List.copyOf(settings.kafka().ignored()));
        }
        String servers = settings.kafka().client().getOrDefault("bootstrap.servers", "");
        if (!startup.awaitDatabase(target)
                || !startup.awaitPrepared(target, this::prepareTarget)
                || !startup.awaitKafka(servers, topicCreator::createShared)) {
            return ExitStatus.DONE;
        }
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS, named("writer"));
        try (Producer<byte[], byte[]> rejects = clients.producer("rejects")) {
            try {
                return load(writers, rejects);
            } finally {
                // what is in hand has been waited for, and what is not done by now is taken back when the process ends
                writers.shutdown();
                writers.awaitTermination(WRITERS_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void prepareTarget() throws SQLException {
        createOwnTables();
        localInfile = localInfile();
        overlaps = !logsStatements();
    }

    private void createOwnTables() throws SQLException {
        try {
            PartitionFence.create(target);
            GenerationMarks.create(target);
            LoadLedger.create(target);
            PendingIndexes.create(target);
        } catch (SQLException e) {
            if (SqlFault.of(e) == SqlFault.TRANSIENT) {
                throw e;
            }
            throw new ConfigurationException(List.of("TARGET_DB_USER: " + settings.target()
                    + " could not make Syncline's own tables: " + SqlFault.message(e)
                    + "; grant the user all rights on that database"));
        }
    }

    private ExitStatus load(ExecutorService writers, Producer<byte[], byte[]> rejectProducer)
            throws InterruptedException {
        long heap = Runtime.getRuntime().maxMemory();
        TableNames names = new TableNames(settings.tables());
        Catalog catalog = new Catalog(names::wants);
        PartitionFence fence = new PartitionFence(settings.group());
        TargetTables tables = new TargetTables(
                target,
                names::target,
                (connection, source) ->
                        fence.loseTable(connection, settings.kafka().topics().rows(source)));
        RejectLog rejects = new RejectLog(rejectProducer, settings.kafka().topics(), settings.stopsOnReject());
        Pumps pumps = new Pumps();
        TopicTail tail = new TopicTail(
                () -> clients.reader("tail"),
                LogEnds.by(admin),
                settings.kafka().topics(),
                catalog,
                pumps::wakeUp,
                stop);
        Refreshes refreshes = new Refreshes(target, tables, new GenerationMarks(settings.group()));
        PartitionApplier applier = new PartitionApplier(
                target,
                catalog,
                tail,
                tables,
                fence,
                new BatchWriter(target, new WriterChoice(localInfile, overlaps), new MemoryBudget(heap / 4)),
                refreshes,
                rejects,
                new TableHalts(target, settings.group(), settings.stopsOnReject()));
        Consumer<byte[], byte[]> consumer = clients.member(settings.group(), CONSUMING);
        PartitionPump pump = new PartitionPump(consumer, catalog, applier, topicCreator, writers, heap / 8);
        pumps.set(pump);
        LoadLedger ledger = new LoadLedger(target, catalog, fence, pump::leads, stop);
        LaterKeys laterKeys = new LaterKeys(
                target,
                catalog,
                fence,
                tables,
                topic -> pump.isPrepared(topic) ? pump.leadership(topic) : OptionalLong.empty(),
                stop);
        health.started(catalog, pump, tail, refreshes);
        start("tail", tail);
        start("ledger", ledger);
        start("keys", laterKeys);
        start("lost-tables", new LostTables(target, catalog, fence, tables, pump, stop));
        SinglePass pass = new SinglePass(settings, target, catalog, fence, tail, pump, ledger, laterKeys);
        pump.run(stop, settings.singlePass() ? pass::isDone : () -> false);
        return pass.hasFailed() ? ExitStatus.FAILED : ExitStatus.DONE;
    }

    /** Where it is off, statements do the work of files. */
    private boolean localInfile() throws SQLException {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@global.local_infile")) {
            row.next();
            boolean on = row.getInt(1) != 0;
            if (!on) {
                LOG.info(
                        "local_infile is off at the target: rows go by INSERT; SET PERSIST local_infile = ON lets large"
                                + " batches go by LOAD DATA, which costs the server about half");
            }
            return on;
        }
    }

    private boolean logsStatements() throws SQLException {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW VARIABLES LIKE 'binlog_format'")) {
            return row.next() && row.getString(2).equals("STATEMENT");
        }
    }

    private void start(String name, Runnable loop) {
        Thread thread = new Thread(loop, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return loop -> {
            Thread thread = new Thread(loop, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        stop.stop();
        server.close();
        admin.close(Duration.ofSeconds(2));
        target.close();
    }
}
