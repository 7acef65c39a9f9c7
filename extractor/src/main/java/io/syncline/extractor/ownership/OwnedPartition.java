package io.syncline.extractor.ownership;

import io.syncline.common.event.Watermark;
import io.syncline.common.model.TableId;
import io.syncline.common.run.Backoff;
import io.syncline.common.run.StopSignal;
import io.syncline.extractor.table.TableTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition of the watermarks topic and the tables whose keys hash there, on a thread of its own. The producer, whose
 * id names the partition, fences any former owner before the watermarks are read, so that none can move behind them.
 * When the producer fails, all is restored from Kafka as a new owner would.
 */
final class OwnedPartition implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnedPartition.class);
    private static final Duration NAP = Duration.ofMillis(500);
    /** How long what is published may be hidden behind a transaction that Kafka has left open. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

    /** Makes what an owner needs. */
    interface Parts {
        boolean hasTables(int partition);

        /** What changes when the shared topics are deleted, made anew or emptied. */
        String sharedTopics() throws InterruptedException;

        /** Makes shared topics that are missing. */
        void restoreSharedTopics() throws InterruptedException;

        /** Opens the partition's producer, which fences any other. */
        Producer<byte[], byte[]> producer(int partition);

        /** Ends what Kafka has left open of the producer's transactions before. */
        void endTransactions(int partition, Producer<byte[], byte[]> producer) throws InterruptedException;

        /** @throws KafkaException where transactions are open although the partition's producer has none in hand */
        void requireNoTransaction(int partition) throws InterruptedException;

        Map<TableId, Watermark> watermarks(int partition) throws InterruptedException;

        List<TableTask> tasks(int partition, Producer<byte[], byte[]> producer, Map<TableId, Watermark> watermarks)
                throws InterruptedException;

        /** Takes note that the partition's tables are not worked on. */
        void released(int partition);

        /** Takes note of how Kafka answers; an empty text for well. */
        void kafkaFared(int partition, String trouble);
    }

    private static final int MOST_FAILURES = 20;

    private final boolean singlePass;
    private final int partition;
    private final Parts parts;
    private final StopSignal stop = new StopSignal();
    private final RandomGenerator random = RandomGenerator.getDefault();
    private volatile boolean finished;
    private volatile boolean failed;

    /** @param singlePass whether to give up when Kafka refuses again and again */
    OwnedPartition(int partition, Parts parts, boolean singlePass) {
        this.singlePass = singlePass;
        this.partition = partition;
        this.parts = parts;
    }

    @Override
    public void run() {
        int failures = 0;
        while (!stop.isStopped() && !finished) {
            try {
                own();
                failures = 0;
            } catch (InterruptException | InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                // an error, too: the partition has no other thread
                failures++;
                if (stop.isStopped()) {
                    return;
                }
                // Kafka's failures speak for themselves, all else needs its trace
                LOG.atWarn()
                        .setCause(e instanceof KafkaException ? null : e)
                        .log("restoring partition={} reason={}", partition, e.toString());
                parts.kafkaFared(partition, String.valueOf(e.getMessage()));
                if (singlePass && failures == MOST_FAILURES) {
                    LOG.error("given up partition={}", partition);
                    failed = true;
                    finished = true;
                }
                stop.await(Backoff.TRANSIENT.jitteredDelayAfter(failures, random));
            }
        }
    }

    private void own() throws InterruptedException {
        if (!parts.hasTables(partition)) {
            finished = true;
            return;
        }
        Producer<byte[], byte[]> producer = parts.producer(partition);
        List<TableTask> tasks = new ArrayList<>();
        try {
            parts.endTransactions(partition, producer);
            String topics = parts.sharedTopics();
            tasks.addAll(parts.tasks(partition, producer, parts.watermarks(partition)));
            parts.kafkaFared(partition, "");
            takeTurns(tasks, topics);
        } finally {
            try {
                tasks.forEach(OwnedPartition::letGo);
            } finally {
                // what it could not take back is ended when it is opened anew
                producer.close(Duration.ofSeconds(5));
                parts.released(partition);
            }
        }
    }

    private void takeTurns(List<TableTask> tasks, String topics) throws InterruptedException {
        long lookDue = System.nanoTime() + LOOK_EVERY.toNanos();
        boolean awake = false;
        while (!stop.isStopped()) {
            if (System.nanoTime() - lookDue >= 0) {
                parts.requireNoTransaction(partition);
                lookDue = System.nanoTime() + LOOK_EVERY.toNanos();
            }
            if (!parts.sharedTopics().equals(topics)) {
                throw new KafkaException(
                        "the topic of watermarks or that of schemas was deleted, made anew or emptied");
            }
            boolean snapshotHeld = tasks.stream().anyMatch(TableTask::holdsSnapshot);
            TableTask next = tasks.stream()
                    .filter(task -> !task.isFinished())
                    // one snapshot at a time: each keeps a session and the source's history
                    .filter(task -> !snapshotHeld || task.holdsSnapshot() || !task.takesSnapshots())
                    .min(Comparator.comparingLong(TableTask::due))
                    .orElse(null);
            if (next == null) {
                parts.requireNoTransaction(partition);
                failed = tasks.stream().anyMatch(TableTask::hasFailed);
                finished = true;
                return;
            }
            long wait = next.due() - System.nanoTime();
            if (wait > (awake ? next.slack() : 0)) {
                stop.await(Duration.ofNanos(Math.min(wait, NAP.toNanos())));
                awake = false;
            } else {
                awake = true;
                next.step();
                if (next.hasTakenBack()) {
                    lookDue = System.nanoTime();
                }
            }
        }
    }

    private static void letGo(TableTask task) {
        try {
            task.abandon();
        } catch (KafkaException e) {
            LOG.debug("a transaction could not be taken back", e);
        }
    }

    /** Asks the thread to end after the page in hand. */
    void stop() {
        stop.stop();
    }

    boolean isFinished() {
        return finished;
    }

    boolean hasFailed() {
        return failed;
    }
}
