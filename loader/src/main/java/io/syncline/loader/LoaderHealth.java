package io.syncline.loader;

import io.syncline.common.event.Watermark;
import io.syncline.common.http.Health;
import io.syncline.common.http.ServiceStatus;
import io.syncline.common.http.TableStatus;
import io.syncline.common.model.TableId;
import io.syncline.common.mysql.Database;
import io.syncline.common.mysql.SqlFault;
import io.syncline.common.row.RowSchema;
import io.syncline.common.run.Startup;
import io.syncline.loader.catalog.Catalog;
import io.syncline.loader.catalog.TopicTail;
import io.syncline.loader.consume.LaneStatus;
import io.syncline.loader.consume.PartitionPump;
import io.syncline.loader.refresh.Refreshes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the loader says of itself. Thread-safe. */
final class LoaderHealth implements Health {

    private static final Duration STUCK = Duration.ofMinutes(2);

    private record Parts(Catalog catalog, PartitionPump pump, TopicTail tail, Refreshes refreshes) {}

    private final Instant startedAt = Instant.now();
    private final Database target;
    private final Startup startup;
    private volatile @Nullable Parts parts;

    LoaderHealth(Database target, Startup startup) {
        this.target = target;
        this.startup = startup;
    }

    void started(Catalog catalog, PartitionPump pump, TopicTail tail, Refreshes refreshes) {
        parts = new Parts(catalog, pump, tail, refreshes);
    }

    @Override
    public List<String> whyNotLive() {
        Parts running = parts;
        if (running == null || running.pump().sinceLastPoll().compareTo(STUCK) < 0) {
            return List.of();
        }
        return List.of("Kafka has not been polled for "
                + running.pump().sinceLastPoll().toSeconds() + " s");
    }

    @Override
    public List<String> whyNotReady() {
        List<String> reasons = new ArrayList<>(whyNotLive());
        Parts running = parts;
        if (!startup.waitingFor().isEmpty()) {
            reasons.add("waiting for " + startup.waitingFor());
        } else if (running == null) {
            reasons.add("starting");
        } else {
            addTrouble(reasons, "Kafka: ", running.pump().trouble());
            addTrouble(reasons, "", running.tail().trouble());
            running.pump().status().stream()
                    .filter(LaneStatus::isRetrying)
                    .map(lane -> "the target: " + lane.error())
                    .distinct()
                    .forEach(reasons::add);
            running.pump().status().stream()
                    .filter(lane -> lane.inHand().compareTo(STUCK) > 0)
                    .map(lane -> lane.partition() + " has been at one batch for "
                            + lane.inHand().toSeconds() + " s")
                    .forEach(reasons::add);
            try (Connection connection = target.connect()) {
                if (!connection.isValid(2)) {
                    reasons.add("the target does not answer");
                }
            } catch (SQLException e) {
                reasons.add("the target cannot be reached: " + SqlFault.message(e));
            }
        }
        return reasons;
    }

    private static void addTrouble(List<String> reasons, String prefix, String trouble) {
        if (!trouble.isEmpty()) {
            reasons.add(prefix + trouble);
        }
    }

    @Override
    public ServiceStatus status() {
        Parts running = parts;
        List<TableStatus> tables = running == null
                ? List.of()
                : running.catalog().rowsTopics().stream()
                        .map(topic -> table(running, topic))
                        .flatMap(Optional::stream)
                        .toList();
        return ServiceStatus.of("loader", startedAt, whyNotReady(), tables);
    }

    private static Optional<TableStatus> table(Parts running, String topic) {
        return running.catalog().newest(topic).map(schema -> table(running, topic, schema));
    }

    private static TableStatus table(Parts running, String topic, RowSchema schema) {
        TableId id = schema.table().id();
        List<LaneStatus> lanes = running.pump().status().stream()
                .filter(lane -> lane.partition().topic().equals(topic))
                .sorted(Comparator.comparingInt(lane -> lane.partition().partition()))
                .toList();
        Watermark published = running.catalog().watermarks().get(id);
        return new TableStatus(
                id.toString(),
                schema.table().modifier() == null ? "full_refresh" : "incremental",
                phase(lanes),
                lanes.stream().mapToLong(LaneStatus::rows).sum(),
                null,
                lanes.stream().mapToLong(LaneStatus::rejects).sum(),
                lanes.stream()
                        .map(lane -> lane.partition().partition() + ":" + lane.doneOffset())
                        .collect(Collectors.joining(" ")),
                TableStatus.iso(lanes.stream()
                        .map(LaneStatus::lastSuccess)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null)),
                LaneStatus.gravestError(lanes)
                        .or(() -> running.refreshes().incomplete(topic))
                        .orElse(null),
                running.pump().startedOver(topic).orElse(null),
                published == null ? null : (Double) behind(lanes, published));
    }

    private static String phase(List<LaneStatus> lanes) {
        if (lanes.isEmpty()) {
            return "not owned";
        } else if (lanes.stream().anyMatch(LaneStatus::isHalted)) {
            return "halted";
        } else if (lanes.stream().anyMatch(LaneStatus::isRetrying)) {
            return "retrying";
        }
        return lanes.stream().anyMatch(lane -> lane.queued() > 0) ? "applying" : "idle";
    }

    /** Events that are published and not applied, of this loader's partitions. */
    private static double behind(List<LaneStatus> lanes, Watermark published) {
        long events = 0;
        for (LaneStatus lane : lanes) {
            int partition = lane.partition().partition();
            if (partition < published.ends().size()) {
                events += Math.max(0, published.ends().get(partition) + 1 - lane.doneOffset());
            }
        }
        return events;
    }
}
