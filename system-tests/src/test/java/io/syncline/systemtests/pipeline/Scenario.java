package io.syncline.systemtests.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.syncline.systemtests.stack.DatabaseServer;
import io.syncline.systemtests.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One test's world: a database on each server, topics and a consumer group of its own, a folder with its {@code tables.json}, and
 * the services that it starts. Afterwards all of it is gone; of a test that failed, what the services said is printed before.
 */
public final class Scenario implements BeforeEachCallback, AfterEachCallback {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final String sourceName;
    private final Supplier<Stack> servers;
    private final List<Service> services = new ArrayList<>();
    private final Map<String, String> settings = new HashMap<>();
    private final AtomicInteger started = new AtomicInteger();
    private List<Table> tables = List.of();
    private Duration patience = PATIENCE;
    private @Nullable World world;

    private record World(String name, Database source, Database target, Topics topics, Path folder) {}

    public Scenario() {
        this("source");
    }

    /** @param sourceName how the source database's name begins, for a test of odd names */
    public Scenario(String sourceName) {
        this(sourceName, Stack::shared);
    }

    /** @param servers where the test needs others than all share */
    public Scenario(Supplier<Stack> servers) {
        this("source", servers);
    }

    private Scenario(String sourceName, Supplier<Stack> servers) {
        this.sourceName = sourceName;
        this.servers = servers;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        Stack stack = servers.get();
        String name = "t" + COUNT.incrementAndGet();
        Database source = Database.create(stack.source(), sourceName + "_" + name);
        Database target = Database.create(stack.target(), "target_" + name);
        Topics topics = new Topics(stack.bootstrapServers(), name, source.name());
        String test = context.getRequiredTestClass().getSimpleName() + "-"
                + context.getRequiredTestMethod().getName();
        world = new World(name, source, target, topics, Service.folder(test));
        services.clear();
        settings.clear();
        started.set(0);
        set("KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers());
        set("TOPIC_PREFIX", name);
        set("CONSUMER_GROUP", group());
        set("INTERVAL", "0.2");
        // a killed member leaves its group after this time
        set("KAFKA_SESSION_TIMEOUT_MS", "6000");
        set("KAFKA_HEARTBEAT_INTERVAL_MS", "1000");
        // several, unlike the default: what goes wrong between them should go wrong here
        set("TOPIC_PARTITIONS", "4");
        set("WATERMARK_PARTITIONS", "4");
        database("SOURCE_DB", source);
        database("TARGET_DB", target);
    }

    private void database(String prefix, Database database) {
        DatabaseServer server = database.server();
        set(prefix + "_HOST", server.host());
        set(prefix + "_PORT", Integer.toString(server.port()));
        set(prefix + "_NAME", database.name());
        set(prefix + "_USER", server.user());
        set(prefix + "_PASS", server.password());
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (context.getExecutionException().isPresent()) {
            System.err.println("==== " + context.getDisplayName() + " failed");
            services.forEach(service -> System.err.println(service.report()));
            System.err.println("---- sessions at the source\n" + sessions(source()));
            System.err.println("---- sessions at the target\n" + sessions(target()));
        }
        services.forEach(Service::close);
        World over = world;
        world = null;
        if (over != null) {
            over.source().close();
            over.target().close();
            over.topics().delete();
        }
    }

    private static String sessions(Database database) {
        try {
            return database.rows("SHOW FULL PROCESSLIST").stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining("\n"));
        } catch (SQLException e) {
            return e.toString();
        }
    }

    private World world() {
        return Objects.requireNonNull(world, "a scenario is a field with @RegisterExtension");
    }

    public Database source() {
        return world().source();
    }

    public Database target() {
        return world().target();
    }

    public Topics topics() {
        return world().topics();
    }

    /** The loaders' consumer group. */
    public String group() {
        return world().name() + "-loaders";
    }

    /** The extractors' consumer group. */
    public String extractorGroup() {
        return world().name() + "-extractor";
    }

    /** The folder that the services run in. */
    public Path folder() {
        return world().folder();
    }

    /** A variable for the services that are started from now on; an empty value takes it away. */
    public void set(String variable, String value) {
        settings.put(variable, value);
        settings.values().removeIf(String::isEmpty);
    }

    /** Writes tables.json; {@link #awaitEqual} is about these tables. */
    public void sync(Table... entries) throws IOException {
        tables = List.of(entries);
        Files.writeString(
                folder().resolve("tables.json"),
                new ObjectMapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(tables.stream().map(Table::entry).toList()));
    }

    public Service extractor() {
        return start("extractor", "TARGET_DB");
    }

    public Service loader() {
        return start("loader", "SOURCE_DB");
    }

    /** Both services, ready. */
    public void run() {
        Service extractor = extractor();
        loader().awaitReady();
        extractor.awaitReady();
    }

    /** {@code loader.jar rejects} with these arguments; its exit status is the caller's to await. */
    public Service rejects(String... arguments) {
        List<String> all = new ArrayList<>(List.of("rejects"));
        all.addAll(List.of(arguments));
        Service command = start("loader", "SOURCE_DB", all.toArray(String[]::new));
        command.mayEnd();
        return command;
    }

    private Service start(String name, String othersVariables, String... arguments) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.keySet().removeIf(variable -> variable.startsWith(othersVariables));
        Service service = Service.start(name + "-" + started.incrementAndGet(), folder(), environment, arguments);
        services.add(service);
        return service;
    }

    /** Waits until the assertions hold, as long as no service dies. */
    public void eventually(String what, ThrowingRunnable assertions) {
        await(what)
                .atMost(patience)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK_EVERY)
                // nobody listens yet, or there is no such table yet
                .ignoreExceptionsMatching(e -> e instanceof IOException || e instanceof SQLException)
                .failFast(
                        "a service has ended by itself", () -> services.stream().anyMatch(Service::hasDied))
                .untilAsserted(assertions);
    }

    /** Changes how long to wait before a condition that does not hold is a failure. */
    public void patience(Duration longest) {
        patience = longest;
    }

    /** Waits until {@link TargetEqualsSource} holds for all tables. */
    public void awaitEqual() {
        awaitEqual(tables.toArray(Table[]::new));
    }

    public void awaitEqual(Table... some) {
        TargetEqualsSource guarantee = new TargetEqualsSource(source(), target());
        eventually(
                "target equals source",
                () -> assertThat(guarantee.differences(List.of(some))).isEmpty());
    }

    /** Waits until an extractor has passed over the table so many times more. */
    public void awaitPasses(Service extractor, Table table, int passes) throws Exception {
        String last = "";
        for (int seen = 0; seen < passes; seen++) {
            String before = last;
            eventually(
                    "another pass over " + table.name(),
                    () -> assertThat(lastSuccess(extractor, table))
                            .isNotEqualTo(before)
                            .isNotEqualTo("null"));
            last = lastSuccess(extractor, table);
        }
    }

    private static String lastSuccess(Service extractor, Table table) throws IOException, InterruptedException {
        return extractor.status(table).path("lastSuccess").asText("null");
    }
}
