package io.syncline.extractor;

import io.syncline.common.event.Topics;
import io.syncline.common.http.HealthServer;
import io.syncline.common.kafka.KafkaClients;
import io.syncline.common.kafka.LogEnds;
import io.syncline.common.kafka.OpenTransactions;
import io.syncline.common.kafka.TopicCreator;
import io.syncline.common.model.TableId;
import io.syncline.common.mysql.Database;
import io.syncline.common.run.ExitStatus;
import io.syncline.common.run.Startup;
import io.syncline.common.run.StopSignal;
import io.syncline.extractor.ownership.TableOwners;
import io.syncline.extractor.publish.PublishedSchemas;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the service's parts together and runs them; every thread of ours is started from here or from its owners. */
final class Extractor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Extractor.class);
    /** A session for each table thread, some for snapshots that outlast a page, one for the clock. */
    private static final int CONNECTIONS = 40;

    private final ExtractorSettings settings;
    private final StopSignal stop;
    private final Startup startup;
    private final Database source;
    private final KafkaClients clients;
    private final Admin admin;
    private final TopicCreator topicCreator;
    private final ExtractorHealth health;
    private final HealthServer server;
    /** Asked when the topics are prepared. */
    private int watermarkPartitions;

    Extractor(ExtractorSettings settings, StopSignal stop) {
        this.settings = settings;
        this.stop = stop;
        this.startup = new Startup(stop, settings.isSinglePass());
        this.source = new Database(settings.source(), Database.Use.READ, CONNECTIONS);
        this.clients = new KafkaClients(settings.kafka(), "syncline-extractor");
        this.admin = clients.admin();
        this.topicCreator = new TopicCreator(
                admin,
                settings.kafka().topics(),
                settings.kafka().topicPartitions(),
                settings.kafka().watermarkPartitions());
        this.health = new ExtractorHealth(settings, source, startup);
        this.server = new HealthServer(settings.httpPort(), health);
    }

    ExitStatus run() throws InterruptedException {
        announce();
        String servers = settings.kafka().client().getOrDefault("bootstrap.servers", "");
        if (!startup.awaitDatabase(source) || !startup.awaitKafka(servers, this::prepareTopics)) {
            return ExitStatus.DONE;
        }
        TableOwners owners = new TableOwners(
                settings.kafka().topics(),
                watermarkPartitions,
                settings.group(),
                settings.tables(),
                settings.interval(),
                settings.fetchLimit(),
                source,
                clients,
                topicCreator,
                LogEnds.by(admin),
                new OpenTransactions(admin),
                new PublishedSchemas(),
                health.progress());
        health.started(owners);
        return owners.run(stop) ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private void prepareTopics() throws InterruptedException {
        Topics topics = settings.kafka().topics();
        topicCreator.createShared();
        topicCreator.refuseUnsafe(settings.tables().stream()
                .map(table -> topics.rows(new TableId(settings.source().name(), table.table())))
                .toList());
        watermarkPartitions =
                topicCreator.partitions(List.of(topics.watermarks())).getOrDefault(topics.watermarks(), 1);
    }

    private void announce() {
        LOG.info(
                "extractor starts source={} tables={} interval={} port={}",
                settings.source(),
                settings.tables().size(),
                settings.interval(),
                server.port());
        if (settings.fetchLimitRaised()) {
            LOG.info(
                    "FETCH_LIMIT=1 had no effect in the old pipeline; pages of {} rows are read",
                    settings.fetchLimit());
        }
        if (!settings.kafka().ignored().isEmpty()) {
            LOG.info(
                    "variables that name no setting of a Kafka client are ignored: {}",
                    List.copyOf(settings.kafka().ignored()));
        }
    }

    @Override
    public void close() {
        server.close();
        admin.close(Duration.ofSeconds(2));
        source.close();
    }
}
