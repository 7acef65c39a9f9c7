package io.syncline.loader.consume;

import io.syncline.common.mysql.SqlFault;
import io.syncline.common.run.Backoff;
import io.syncline.loader.target.Claim;
import io.syncline.loader.target.FencedException;
import io.syncline.loader.target.LostTableException;
import io.syncline.loader.target.Tenure;
import io.syncline.loader.target.UnfitTargetException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One assigned partition: a queue that the pump fills, and the applying of what is in it, in order. While one thread of the
 * pool writes the batch whose turn it is, another may write the one behind it, which is committed behind it or taken back. A
 * failure leaves the events in the queue and is tried again later; meanwhile the pump pauses the partition and keeps its place
 * in the group, and lets the events go where others need the memory. Thread-safe.
 */
final class Lane {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int BATCH_ROWS = 40_000;
    private static final long BATCH_BYTES = 8L * 1024 * 1024;
    /** What is worth a session of its own while the batch before it is being written. */
    private static final long OVERLAP_BYTES = BATCH_BYTES / 4;

    private static final Duration FENCED_PAUSE = Duration.ofSeconds(1);
    /** After a batch that had to wait for its turn, so that not each one is written twice. */
    private static final Duration OVERLAP_PAUSE = Duration.ofMinutes(1);

    private static final int UNKNOWN_COLUMN = 1054;
    private static final int NO_TABLE = 1146;

    /** How a lane does. */
    enum State {
        WORKING,
        RETRYING,
        HALTED,
        /** Another loader has the partition, and the group will soon say so too, or it had it by mistake. */
        FENCED
    }

    private final TopicPartition partition;
    private final PartitionApplier applier;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Deque<ConsumerRecord<byte[], byte[]>> queue = new ArrayDeque<>();
    private final int generation;
    private final String topicId;
    private long queuedBytes;
    private long doneOffset;
    private long epoch;
    /** Whether a thread has the batch whose turn it is. */
    private boolean running;
    /** What is in hand, in the order in which it is committed; at most two. */
    private final Deque<InFlight> inFlight = new ArrayDeque<>();

    private long overlapsFrom = System.nanoTime();
    /** Where events lie that can only be applied when nothing is in hand. */
    private long inTurnFrom = -1;

    private long claimed;
    private boolean closed;
    private boolean lost;
    /** Whether what was applied is gone, and this lane has no more to do: another is to begin with the first record. */
    private boolean startsOver;

    private boolean resumes;
    /** Whether Kafka has an offset of a loader's, without which a successor would begin where this one did. */
    private boolean noted;

    private OptionalLong rival = OptionalLong.empty();
    private boolean confirmed;
    private int failures;
    private long notBefore = System.nanoTime();
    private Optional<Long> preparedSchema = Optional.empty();
    private State state = State.WORKING;
    private @Nullable String error;
    private @Nullable Instant lastSuccess;
    private long rows;
    private long rejects;

    /**
     * @param generation of the consumer group in which the partition was assigned
     * @param topicId of the topic that the offsets are of
     * @param resumes whether loaders committed the offset; false where events are to be applied again from there
     */
    Lane(
            TopicPartition partition,
            PartitionApplier applier,
            int generation,
            String topicId,
            long startOffset,
            boolean resumes) {
        this.partition = partition;
        this.applier = applier;
        this.generation = generation;
        this.topicId = topicId;
        this.doneOffset = startOffset;
        this.resumes = resumes;
        this.noted = resumes;
    }

    TopicPartition partition() {
        return partition;
    }

    /** Empty before the partition is taken over. */
    synchronized OptionalLong epoch() {
        return epoch > 0 ? OptionalLong.of(epoch) : OptionalLong.empty();
    }

    synchronized void add(Collection<ConsumerRecord<byte[], byte[]>> events) {
        for (ConsumerRecord<byte[], byte[]> event : events) {
            // the target may have more than Kafka's offset says
            if (event.offset() >= doneOffset) {
                queue.add(event);
                queuedBytes += size(event);
            }
        }
    }

    private static long size(ConsumerRecord<byte[], byte[]> event) {
        return size(event.key()) + size(event.value()) + 100L;
    }

    private static long size(Segment.Rows rows) {
        return rows.events().stream().mapToLong(row -> size(row.event())).sum();
    }

    private static int size(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    synchronized long queuedBytes() {
        return queuedBytes;
    }

    /** Whether the pump had better fetch no more for now. */
    synchronized boolean isFull() {
        boolean waits = state != State.WORKING && (!queue.isEmpty() || !isDue());
        // two in hand and one to follow
        return queue.size() >= 3 * BATCH_ROWS || queuedBytes >= 3 * BATCH_BYTES || lost || waits;
    }

    /**
     * Drops what is queued where it has to wait anyway, so that its memory serves lanes that work.
     *
     * @return the offset to read from again; empty where nothing was dropped
     */
    synchronized OptionalLong shed() {
        if (isInHand() || state == State.WORKING || queue.isEmpty()) {
            return OptionalLong.empty();
        }
        queue.clear();
        queuedBytes = 0;
        return OptionalLong.of(doneOffset);
    }

    private boolean isDue() {
        return System.nanoTime() - notBefore >= 0;
    }

    /** Whether more will be wanted soon. */
    synchronized boolean isBusy() {
        return !queue.isEmpty() && state == State.WORKING;
    }

    /** Whether it waits for nothing but events. */
    synchronized boolean isIdle() {
        boolean owned = epoch > 0 && noted && !lost && !startsOver;
        return owned && failures == 0 && queue.isEmpty() && !isInHand();
    }

    /** Claims the lane for a thread of the pool; false where there is nothing to do, or not yet. */
    synchronized boolean claim() {
        boolean schemaDue = partition.partition() == 0 && !isPrepared();
        boolean waits = epoch > 0 && (!noted || queue.isEmpty() && !schemaDue);
        if (isInHand() || closed || lost || startsOver || !isDue() || waits) {
            return false;
        }
        running = true;
        claimed = System.nanoTime();
        return true;
    }

    private boolean isInHand() {
        return running || !inFlight.isEmpty();
    }

    /**
     * Claims the batch behind the only one in hand, if it can be written at the same time.
     *
     * @return what writes it, to be run by a thread of the pool; empty where there is none
     */
    synchronized Optional<Runnable> claimBehind() {
        InFlight before = inFlight.peekFirst();
        if (before == null || inFlight.size() > 1 || !before.hasBegun() || closed || lost || failures > 0) {
            return Optional.empty();
        }
        if (System.nanoTime() - overlapsFrom < 0 || queuedBytes - before.bytes() < OVERLAP_BYTES || !isPrepared()) {
            return Optional.empty();
        }
        if (before.nextOffset() == inTurnFrom) {
            return Optional.empty();
        }
        List<ConsumerRecord<byte[], byte[]>> events = next(before.nextOffset());
        InFlight behind = begin(events);
        long its = epoch;
        return Optional.of(() -> runBehind(before, events, its, behind));
    }

    private void runBehind(InFlight before, List<ConsumerRecord<byte[], byte[]>> events, long its, InFlight behind) {
        boolean committed = false;
        try {
            Segment first = SegmentCutter.cut(events, applier::schema).get(0);
            // what follows them, such as the end of a refresh, waits for its turn
            if (first instanceof Segment.Rows rows && size(rows) >= OVERLAP_BYTES) {
                committed = applier.applyBehind(before, rows, partition, its, behind);
                if (committed) {
                    done(rows, new PartitionApplier.Applied(rows.events().size(), 0));
                } else {
                    pauseOverlap();
                }
            } else {
                onlyInTurn(before.nextOffset());
            }
        } catch (SQLException | RuntimeException | OutOfMemoryError e) {
            // the events are still queued, and when it is their turn it is told what is wrong with them
            LOG.debug("a batch waits for its turn partition={} reason={}", partition, e.toString());
            pauseOverlap();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release(behind, committed);
        }
    }

    private synchronized void onlyInTurn(long offset) {
        inTurnFrom = offset;
    }

    private synchronized void pauseOverlap() {
        overlapsFrom = System.nanoTime() + OVERLAP_PAUSE.toNanos();
    }

    /** Applies one batch. To be called by the thread that claimed the lane. */
    void run() {
        try {
            takeOver();
            prepareSchema();
            apply(next());
            succeeded();
        } catch (FencedException e) {
            fenced(e);
        } catch (LostTableException e) {
            startOver(e);
        } catch (UnfitTargetException e) {
            failed(State.HALTED, e.getMessage(), Backoff.HALTED);
        } catch (SQLException e) {
            applier.forget(partition.topic());
            boolean altered = e.getErrorCode() == UNKNOWN_COLUMN || e.getErrorCode() == NO_TABLE;
            boolean passes = SqlFault.of(e) == SqlFault.TRANSIENT || altered && failures < 3;
            failed(
                    passes ? State.RETRYING : State.HALTED,
                    SqlFault.message(e),
                    passes ? Backoff.TRANSIENT : Backoff.HALTED);
        } catch (KafkaException e) {
            failed(State.RETRYING, e.toString(), Backoff.TRANSIENT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (OutOfMemoryError e) {
            failed(State.RETRYING, "the heap is too small for the rows in hand; raise -Xmx", Backoff.TRANSIENT);
        } catch (RuntimeException e) {
            LOG.error("a bug halts partition={}", partition, e);
            failed(State.HALTED, e.toString(), Backoff.HALTED);
        } finally {
            turnIsOver();
        }
    }

    private void apply(List<ConsumerRecord<byte[], byte[]>> events) throws SQLException, InterruptedException {
        InFlight flight = begin(events);
        boolean committed = false;
        try {
            List<Segment> segments = SegmentCutter.cut(events, applier::schema);
            for (int i = 0; i < segments.size(); i++) {
                // only the last one has the queue behind it
                InFlight its = i == segments.size() - 1 ? flight : new InFlight(0);
                done(segments.get(i), applier.apply(segments.get(i), partition, topicId, epoch, its));
            }
            committed = true;
        } finally {
            release(flight, committed);
        }
    }

    private synchronized InFlight begin(List<ConsumerRecord<byte[], byte[]>> events) {
        InFlight flight = new InFlight(events.stream().mapToLong(Lane::size).sum());
        inFlight.add(flight);
        return flight;
    }

    private void takeOver() throws SQLException {
        if (epoch == 0) {
            Tenure tenure = applier.takeOver(claimed());
            synchronized (this) {
                epoch = tenure.epoch();
                resumes = true;
                rival = OptionalLong.empty();
                confirmed = false;
                moveTo(tenure.nextOffset());
            }
        }
    }

    private synchronized Claim claimed() {
        OptionalLong beaten = confirmed ? rival : OptionalLong.empty();
        return new Claim(partition, generation, topicId, doneOffset, resumes, beaten);
    }

    private void prepareSchema() throws SQLException {
        Optional<Long> newest = applier.newestFingerprint(partition.topic());
        if (!newest.equals(preparedSchema)) {
            applier.prepareNewest(partition);
            synchronized (this) {
                preparedSchema = newest;
            }
        }
    }

    /** Nothing before Kafka has the offset to begin with: a successor could not tell a crash from events to apply again. */
    private synchronized List<ConsumerRecord<byte[], byte[]>> next() {
        return noted ? next(doneOffset) : List.of();
    }

    private List<ConsumerRecord<byte[], byte[]>> next(long offset) {
        List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
        long bytes = 0;
        for (ConsumerRecord<byte[], byte[]> event : queue) {
            if (event.offset() < offset) {
                continue;
            }
            bytes += size(event);
            if (events.size() == BATCH_ROWS || !events.isEmpty() && bytes > BATCH_BYTES) {
                break;
            }
            events.add(event);
        }
        return events;
    }

    private synchronized void done(Segment segment, PartitionApplier.Applied applied) {
        moveTo(segment.nextOffset());
        rows += applied.rows();
        rejects += applied.rejects();
        lastSuccess = Instant.now();
    }

    private void moveTo(long offset) {
        doneOffset = offset;
        while (!queue.isEmpty() && queue.getFirst().offset() < doneOffset) {
            queuedBytes -= size(queue.removeFirst());
        }
    }

    private synchronized void succeeded() {
        if (failures > 0) {
            LOG.info("recovered partition={}", partition);
        }
        failures = 0;
        state = State.WORKING;
        error = null;
    }

    private synchronized void failed(State how, @Nullable String reason, Backoff backoff) {
        if (failures == 0) {
            LOG.atLevel(how == State.HALTED ? Level.ERROR : Level.WARN)
                    .log("{} partition={} reason={}", how, partition, reason);
        }
        failures++;
        state = how;
        error = reason;
        Duration wait = backoff.jitteredDelayAfter(failures, random);
        notBefore = System.nanoTime() + wait.toNanos();
    }

    /** Ends the work on the partition, which only a restart or another topic can begin again. */
    synchronized void lose(String reason) {
        failed(State.HALTED, reason, Backoff.HALTED);
        lost = true;
    }

    synchronized boolean isLost() {
        return lost;
    }

    private synchronized void startOver(LostTableException e) {
        failed(State.RETRYING, e.getMessage(), Backoff.TRANSIENT);
        startsOver = true;
    }

    /** What was applied before an epoch is lost; a lane that has taken the partition over since has begun again. */
    synchronized void lost(long since) {
        if (epoch > 0 && epoch < since && !startsOver) {
            startOver(new LostTableException(partition.topic()));
        }
    }

    /** Has the target table looked at again, though its schema has not changed. */
    synchronized void prepareAgain() {
        preparedSchema = Optional.empty();
    }

    /** Whether the partition must be begun again with its first record. */
    synchronized boolean startsOver() {
        return startsOver;
    }

    /** Whoever stands in the way may stay there, unless the group says that this loader is its choice. */
    private synchronized void fenced(FencedException e) {
        failed(State.FENCED, e.getMessage(), Backoff.HALTED);
        epoch = 0;
        notBefore = System.nanoTime() + FENCED_PAUSE.toNanos();
        confirmed &= e.rival().equals(rival);
        rival = e.rival();
    }

    /** The epoch that keeps this loader from taking over until the group confirms the assignment; empty for none. */
    synchronized OptionalLong contested() {
        return state == State.FENCED && !confirmed && !lost ? rival : OptionalLong.empty();
    }

    /**
     * The group took this member for the partition's after the other's epoch was seen. The epoch of a later owner would
     * be another one.
     */
    synchronized void confirm(long against) {
        if (rival.isPresent() && rival.getAsLong() == against) {
            confirmed = true;
            notBefore = System.nanoTime();
        }
    }

    /** Whether what is committed for the partition counts as applied by loaders. */
    synchronized boolean resumes() {
        return resumes;
    }

    /** Kafka has an offset with the topic's id, behind the takeover. */
    synchronized void noted() {
        noted = true;
    }

    private synchronized void turnIsOver() {
        running = false;
        notifyAll();
    }

    private synchronized void release(InFlight flight, boolean committed) {
        flight.ended(committed);
        inFlight.remove(flight);
        notifyAll();
    }

    /** Lets no further batch begin, and waits for the one in hand. */
    synchronized void close(Duration patience) throws InterruptedException {
        closed = true;
        long deadline = System.nanoTime() + patience.toNanos();
        while (isInHand()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    /** Whether the target table is at the newest schema that is known. */
    synchronized boolean isPrepared() {
        return applier.newestFingerprint(partition.topic()).equals(preparedSchema);
    }

    /** Of the topic that the offsets are of. */
    String topicId() {
        return topicId;
    }

    /** The first offset that is not applied. */
    synchronized long doneOffset() {
        return doneOffset;
    }

    /** Of the batch that is committed next; there may always be one. */
    private Duration inHand() {
        InFlight first = inFlight.peekFirst();
        if (first != null) {
            return first.age();
        }
        return running ? Duration.ofNanos(System.nanoTime() - claimed) : Duration.ZERO;
    }

    synchronized LaneStatus status() {
        return new LaneStatus(partition, state, error, lastSuccess, rows, rejects, doneOffset, queue.size(), inHand());
    }
}
