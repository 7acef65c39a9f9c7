package io.syncline.loader;

import io.syncline.common.config.ConfigurationException;
import io.syncline.common.config.Environment;
import io.syncline.common.kafka.KafkaClients;
import io.syncline.common.kafka.LogEnds;
import io.syncline.common.mysql.Database;
import io.syncline.common.mysql.SqlFault;
import io.syncline.common.run.StopSignal;
import io.syncline.loader.catalog.Catalog;
import io.syncline.loader.catalog.TopicTail;
import io.syncline.loader.rejects.Rejects;
import io.syncline.loader.target.PartitionFence;
import io.syncline.loader.target.TargetTables;
import io.syncline.loader.write.BatchWriter;
import io.syncline.loader.write.MemoryBudget;
import io.syncline.loader.write.WriterChoice;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code java -jar loader.jar rejects}: configured as the service is, and free to run beside it. */
@Command(
        name = "rejects",
        mixinStandardHelpOptions = true,
        description = "Lists the rows that the target has refused and of which no newer version has come.",
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:none is open", "1:some are open, or could not be read", "2:wrong arguments or configuration"
        })
final class RejectsCommand implements Callable<Integer> {

    private static final int CONNECTIONS = 4;

    @Option(names = "--table", paramLabel = "NAME", description = "Only rows of this table of the source.")
    private @Nullable String table;

    @Option(names = "--retry", description = "Write them once more, and close those that the target now takes.")
    private boolean retry;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try {
            Path folder = Path.of("");
            return run(LoaderSettings.read(Environment.read(System.getenv(), folder.toAbsolutePath()), folder), out)
                    ? 0
                    : 1;
        } catch (ConfigurationException e) {
            e.faults().forEach(out::println);
            return 2;
        } catch (SQLException e) {
            out.println("the target: " + SqlFault.message(e));
            return 1;
        } catch (KafkaException e) {
            out.println("Kafka: " + e.getMessage());
            return 1;
        }
    }

    private boolean run(LoaderSettings settings, PrintWriter out) throws SQLException, InterruptedException {
        KafkaClients clients = new KafkaClients(settings.kafka(), "syncline-loader-rejects");
        TableNames names = new TableNames(settings.tables());
        Catalog catalog = new Catalog(names::wants);
        StopSignal stop = new StopSignal();
        try (Admin admin = clients.admin();
                Database target = new Database(settings.target(), Database.Use.WRITE, CONNECTIONS);
                Producer<byte[], byte[]> producer = clients.producer("closed")) {
            TopicTail tail = new TopicTail(
                    () -> clients.reader("tail"),
                    LogEnds.by(admin),
                    settings.kafka().topics(),
                    catalog,
                    () -> {},
                    stop);
            Thread reading = new Thread(tail, "tail");
            reading.setDaemon(true);
            reading.start();
            if (!tail.catchUp()) {
                throw new KafkaException("the schemas topic could not be read to its end; " + tail.trouble());
            }
            PartitionFence fence = new PartitionFence(settings.group());
            long heap = Runtime.getRuntime().maxMemory();
            return new Rejects(
                            target,
                            catalog,
                            fence,
                            new TargetTables(
                                    target,
                                    names::target,
                                    (connection, source) -> fence.loseTable(
                                            connection,
                                            settings.kafka().topics().rows(source))),
                            new BatchWriter(target, new WriterChoice(false, false), new MemoryBudget(heap / 4)),
                            () -> clients.reader("rejects"),
                            producer,
                            settings.kafka().topics())
                    .report(table, retry, out);
        } finally {
            stop.stop();
        }
    }
}
