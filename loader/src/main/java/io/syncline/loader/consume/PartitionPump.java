package io.syncline.loader.consume;

import io.syncline.common.kafka.TopicIds;
import io.syncline.common.run.StopSignal;
import io.syncline.loader.catalog.Catalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls, hands events to their lanes, pauses partitions whose lanes are full, and commits what lanes have applied. It
 * never waits for the target, so the group keeps its members however long the target is away. Belongs to the main thread.
 */
public final class PartitionPump implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionPump.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BUSY_POLL = Duration.ofMillis(5);
    private static final Duration IDLE_POLL = Duration.ofMillis(250);
    private static final Duration COMMIT_PATIENCE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long COMMIT_NANOS = 500_000_000;
    private static final long IDS_NANOS = 5_000_000_000L;
    private static final long BEGIN_NANOS = 250_000_000;

    private final Consumer<byte[], byte[]> consumer;
    private final Catalog catalog;
    private final PartitionApplier applier;
    private final TopicIds topicIds;
    private final Executor writers;
    private final long mostQueuedBytes;
    private final Duration patience;
    private final Map<TopicPartition, Lane> lanes = new ConcurrentHashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private final Map<TopicPartition, OptionalLong> toBegin = new HashMap<>();
    private final Map<String, String> startedOver = new ConcurrentHashMap<>();
    /** The id of the topic that each name stood for when its partitions were last begun. */
    private final Map<String, String> begun = new HashMap<>();

    private Set<String> subscribed = Set.of();
    private long commitDue = System.nanoTime();
    private long idsDue = System.nanoTime() + IDS_NANOS;
    private long beginDue = System.nanoTime();
    private volatile long polled = System.nanoTime();
    private volatile String trouble = "";

    /** @param mostQueuedBytes over all lanes; with more, none is fetched for until lanes have worked some off */
    public PartitionPump(
            Consumer<byte[], byte[]> consumer,
            Catalog catalog,
            PartitionApplier applier,
            TopicIds topicIds,
            Executor writers,
            long mostQueuedBytes) {
        this(consumer, catalog, applier, topicIds, writers, mostQueuedBytes, PATIENCE);
    }

    /** @param patience with batches that are in hand when their partitions are given away, all together */
    PartitionPump(
            Consumer<byte[], byte[]> consumer,
            Catalog catalog,
            PartitionApplier applier,
            TopicIds topicIds,
            Executor writers,
            long mostQueuedBytes,
            Duration patience) {
        this.consumer = consumer;
        this.catalog = catalog;
        this.applier = applier;
        this.topicIds = topicIds;
        this.writers = writers;
        this.mostQueuedBytes = mostQueuedBytes;
        this.patience = patience;
    }

    /** Asked between polls whether all is done. */
    public interface Done {
        boolean isDone();
    }

    /** Runs until {@code stop} is given or all is done, and leaves the group with everything applied committed. */
    public void run(StopSignal stop, Done done) throws InterruptedException {
        try {
            while (!stop.isStopped() && !done.isDone()) {
                runOnce(stop);
            }
        } finally {
            release(List.copyOf(lanes.keySet()));
            consumer.close();
        }
    }

    private void runOnce(StopSignal stop) throws InterruptedException {
        try {
            subscribe();
            if (subscribed.isEmpty()) {
                polled = System.nanoTime();
                stop.await(POLL);
                return;
            }
            findTopicsMadeAnew();
            findLostTables();
            begin();
            ConsumerRecords<byte[], byte[]> events = consumer.poll(poll());
            polled = System.nanoTime();
            for (TopicPartition partition : events.partitions()) {
                hand(partition, events.records(partition));
            }
            lanes.values().forEach(this::dispatch);
            pauseAndResume();
            commitWhenDue();
            trouble = "";
        } catch (OffsetOutOfRangeException e) {
            // whether that is for good is told before the next poll
            consumer.pause(e.offsetOutOfRangePartitions().keySet());
            e.offsetOutOfRangePartitions().forEach((partition, at) -> toBegin.put(partition, OptionalLong.of(at)));
        } catch (KafkaException e) {
            trouble = String.valueOf(e.getMessage());
            LOG.warn("Kafka said: {}", e.toString());
            stop.await(POLL);
        }
    }

    /** How long to wait for events, before which nothing else is looked at. */
    private Duration poll() {
        if (lanes.values().stream().anyMatch(Lane::isBusy)) {
            return BUSY_POLL;
        }
        boolean settled = toBegin.isEmpty() && !lanes.isEmpty();
        return settled && lanes.values().stream().allMatch(Lane::isIdle) ? IDLE_POLL : POLL;
    }

    private void hand(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> events) {
        Lane lane = lanes.get(partition);
        if (lane != null) {
            lane.add(events);
        }
    }

    private void subscribe() {
        Set<String> topics = new TreeSet<>(catalog.rowsTopics());
        if (!topics.equals(subscribed)) {
            consumer.subscribe(topics, this);
            subscribed = topics;
            LOG.info("reading topics={}", topics.size());
        }
    }

    private void dispatch(Lane lane) {
        if (lane.claim()) {
            execute(lane, lane::run);
        }
        lane.claimBehind().ifPresent(batch -> execute(lane, batch));
    }

    private void execute(Lane lane, Runnable batch) {
        writers.execute(() -> {
            batch.run();
            // what came in meanwhile need not wait for the next poll
            dispatch(lane);
        });
    }

    /** A topic that was deleted and made anew has the name, and perhaps even the offsets, of the one before. */
    private void findTopicsMadeAnew() throws InterruptedException {
        if (System.nanoTime() - idsDue >= 0) {
            idsDue = System.nanoTime() + IDS_NANOS;
            Map<String, String> ids = topicIds.of(topics(lanes.keySet()));
            lanes.forEach((partition, lane) -> {
                if (!lane.topicId().equals(ids.getOrDefault(partition.topic(), lane.topicId()))) {
                    toBegin.put(partition, OptionalLong.empty());
                }
            });
        }
    }

    private void findLostTables() {
        lanes.forEach((partition, lane) -> {
            if (lane.startsOver()) {
                toBegin.put(partition, OptionalLong.empty());
                note(
                        partition.topic(),
                        "the target had lost what was applied to it of the topic " + partition.topic()
                                + ": it is read from its beginning");
            }
        });
    }

    private static Set<String> topics(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
    }

    /** Begins partitions that were assigned, or begins them again; what Kafka does not answer for waits for the next round. */
    private void begin() throws InterruptedException {
        if (toBegin.isEmpty() || System.nanoTime() - beginDue < 0) {
            return;
        }
        beginDue = System.nanoTime() + BEGIN_NANOS;
        Map<String, String> ids = topicIds.of(topics(toBegin.keySet()));
        Set<TopicPartition> known = toBegin.keySet().stream()
                .filter(partition -> ids.containsKey(partition.topic()))
                .collect(Collectors.toSet());
        Map<TopicPartition, OffsetAndMetadata> offsets = consumer.committed(known);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(known);
        Map<TopicPartition, Long> end = consumer.endOffsets(known);
        closeAll(known);
        for (TopicPartition partition : known) {
            String id = ids.getOrDefault(partition.topic(), "");
            Optional<Start.Reached> reached = reached(partition, offsets.get(partition));
            Start start = Start.of(
                    partition, reached, id, first.getOrDefault(partition, 0L), end.getOrDefault(partition, 0L));
            begin(partition, id, start, resumes(partition, reached, id));
            // Kafka forgets the offsets of a topic that is deleted
            String before = reached.map(Start.Reached::topicId).orElse(begun.getOrDefault(partition.topic(), ""));
            noteTopicMadeAnew(partition.topic(), before, id);
            begun.put(partition.topic(), id);
        }
    }

    private Optional<Start.Reached> reached(TopicPartition partition, @Nullable OffsetAndMetadata offset) {
        Lane lane = lanes.get(partition);
        if (lane != null && lane.startsOver()) {
            return Optional.empty();
        }
        if (lane != null) {
            long fetched = toBegin.getOrDefault(partition, OptionalLong.empty()).orElse(lane.doneOffset());
            return Optional.of(new Start.Reached(fetched, lane.topicId()));
        }
        return Optional.ofNullable(offset).map(known -> new Start.Reached(known.offset(), known.metadata()));
    }

    /** Offsets that a person has set have no topic's id. */
    private boolean resumes(TopicPartition partition, Optional<Start.Reached> reached, String id) {
        Lane lane = lanes.get(partition);
        boolean itsTopics = reached.isPresent() && reached.get().topicId().equals(id);
        return itsTopics && (lane == null || lane.resumes());
    }

    private void begin(TopicPartition partition, String topicId, Start start, boolean resumes) {
        int generation = consumer.groupMetadata().generationId();
        Lane lane = new Lane(partition, applier, generation, topicId, start.offset(), resumes);
        start.lost().ifPresent(lane::lose);
        lanes.put(partition, lane);
        committed.remove(partition);
        toBegin.remove(partition);
        consumer.seek(partition, start.offset());
    }

    private void noteTopicMadeAnew(String topic, String before, String now) {
        if (!before.isEmpty() && !before.equals(now)) {
            note(
                    topic,
                    "the topic " + topic + " was deleted and made anew (id " + now
                            + "): it is read from its beginning");
        }
    }

    private void note(String topic, String reason) {
        if (!reason.equals(startedOver.put(topic, reason))) {
            LOG.warn("{}", reason);
        }
    }

    private void pauseAndResume() {
        boolean tooMuch = isTooMuchQueued();
        if (tooMuch) {
            shed();
            tooMuch = isTooMuchQueued();
        }
        boolean holdAll = tooMuch;
        Set<TopicPartition> paused = consumer.paused();
        List<TopicPartition> pause = new ArrayList<>();
        List<TopicPartition> resume = new ArrayList<>();
        lanes.forEach((partition, lane) -> {
            boolean hold = holdAll || lane.isFull();
            if (hold && !paused.contains(partition)) {
                pause.add(partition);
            } else if (!hold && paused.contains(partition)) {
                resume.add(partition);
            }
        });
        consumer.pause(pause);
        consumer.resume(resume);
    }

    private boolean isTooMuchQueued() {
        return lanes.values().stream().mapToLong(Lane::queuedBytes).sum() > mostQueuedBytes;
    }

    /** Lets go of what halted lanes hold, or they would keep the others from fetching; it is fetched again in time. */
    private void shed() {
        lanes.forEach((partition, lane) -> {
            OptionalLong from = lane.shed();
            if (from.isPresent()) {
                consumer.seek(partition, from.getAsLong());
            }
        });
    }

    private void commitWhenDue() {
        if (System.nanoTime() - commitDue >= 0) {
            Map<Lane, Long> contested = contested();
            Map<TopicPartition, OffsetAndMetadata> offsets = offsets(lanes.keySet());
            if (!offsets.isEmpty()) {
                commitDue = System.nanoTime() + COMMIT_NANOS;
                List<Lane> resuming = resuming(offsets);
                consumer.commitAsync(offsets, (tried, failure) -> {
                    if (failure != null) {
                        committed.clear();
                    } else {
                        // Kafka takes offsets only of those that it takes for members
                        contested.forEach(Lane::confirm);
                        resuming.forEach(Lane::noted);
                    }
                });
            }
        }
    }

    /** Lanes that others keep out; their offsets are committed again, to ask whether the group means this loader. */
    private Map<Lane, Long> contested() {
        Map<Lane, Long> contested = new HashMap<>();
        lanes.forEach((partition, lane) -> {
            OptionalLong rival = lane.contested();
            if (rival.isPresent()) {
                contested.put(lane, rival.getAsLong());
                committed.remove(partition);
            }
        });
        return contested;
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Lane lane = lanes.get(partition);
            // before the takeover there is nothing to say, unless it needs the group's confirmation
            if (lane != null
                    && !lane.isLost()
                    && (lane.resumes() || lane.contested().isPresent())) {
                OffsetAndMetadata offset =
                        new OffsetAndMetadata(lane.doneOffset(), lane.resumes() ? lane.topicId() : "");
                if (!offset.equals(committed.put(partition, offset))) {
                    offsets.put(partition, offset);
                }
            }
        }
        return offsets;
    }

    private List<Lane> resuming(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return lanes.values().stream()
                .filter(lane -> offsets.containsKey(lane.partition())
                        && !offsets.get(lane.partition()).metadata().isEmpty())
                .toList();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
        // a place to stand on until it is known where each begins
        partitions.forEach(partition -> consumer.seek(partition, 0));
        partitions.forEach(partition -> toBegin.put(partition, OptionalLong.empty()));
        beginDue = System.nanoTime();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        release(partitions);
    }

    /** The group has given the partitions to others already: nothing may be committed for them. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        toBegin.keySet().removeAll(partitions);
        partitions.forEach(partition -> close(lanes.remove(partition), Duration.ZERO));
        committed.keySet().removeAll(partitions);
    }

    private void release(Collection<TopicPartition> partitions) {
        toBegin.keySet().removeAll(partitions);
        closeAll(partitions);
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = offsets(partitions);
            if (!offsets.isEmpty()) {
                consumer.commitSync(offsets, COMMIT_PATIENCE);
            }
        } catch (KafkaException e) {
            LOG.warn("offsets were not committed, and what they cover will be applied again: {}", e.toString());
        }
        lanes.keySet().removeAll(partitions);
        committed.keySet().removeAll(partitions);
    }

    /** Waits for all of them no longer than for one, or a target that hangs would cost the loader its place in the group. */
    private void closeAll(Collection<TopicPartition> partitions) {
        long deadline = System.nanoTime() + patience.toNanos();
        partitions.forEach(partition -> close(lanes.get(partition), Duration.ZERO));
        partitions.forEach(partition ->
                close(lanes.get(partition), Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
    }

    private static void close(@Nullable Lane lane, Duration patience) {
        if (lane != null) {
            try {
                lane.close(patience);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Wakes the pump's lanes for what the catalog has learned. To be called from any thread. */
    public void wakeUp() {
        lanes.values().forEach(this::dispatch);
    }

    /** Has a partition begin again that was lost at the target, if it is this loader's. To be called from any thread. */
    void lost(TopicPartition partition, long since) {
        Lane lane = lanes.get(partition);
        if (lane != null) {
            lane.lost(since);
        }
    }

    /** Has a topic's table looked at again, if that is this loader's to do. To be called from any thread. */
    void prepareAgain(String topic) {
        Lane first = lanes.get(new TopicPartition(topic, 0));
        if (first != null) {
            first.prepareAgain();
        }
    }

    public List<LaneStatus> status() {
        return lanes.values().stream().map(Lane::status).toList();
    }

    /** Why a topic was last read from its beginning again; empty where it never was. */
    public Optional<String> startedOver(String topic) {
        return Optional.ofNullable(startedOver.get(topic));
    }

    /**
     * Whether the topic's table has been brought to its newest schema, as far as that is this loader's to do. To be asked
     * on the pump's thread.
     */
    public boolean isPrepared(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        Lane first = lanes.get(partition);
        return first == null ? !toBegin.containsKey(partition) : first.isPrepared();
    }

    /** Whether this loader is the one to act for a whole table: it has the first partition of its topic. */
    public boolean leads(String topic) {
        return lanes.containsKey(new TopicPartition(topic, 0));
    }

    /** The fence's epoch in which it is so; empty where it is not, or not yet. */
    public OptionalLong leadership(String topic) {
        Lane lane = lanes.get(new TopicPartition(topic, 0));
        return lane == null ? OptionalLong.empty() : lane.epoch();
    }

    public Duration sinceLastPoll() {
        return Duration.ofNanos(System.nanoTime() - polled);
    }

    /** What Kafka said last; empty while all is well. */
    public String trouble() {
        return trouble;
    }
}
