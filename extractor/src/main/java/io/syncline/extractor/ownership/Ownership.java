package io.syncline.extractor.ownership;

import io.syncline.common.run.StopSignal;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this process in the consumer group on the watermarks topic and one thread for each partition that the group
 * gives it. The consumer fetches nothing: being assigned is all it is there for. Belongs to the main thread, on which the
 * consumer calls back.
 */
final class Ownership implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SINGLE_PASS_POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private record Running(OwnedPartition owned, Thread thread) {}

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final OwnedPartition.Parts parts;
    private final boolean singlePass;
    private final Map<TopicPartition, Running> running = new HashMap<>();
    private boolean everAssigned;
    private boolean failed;

    Ownership(Consumer<byte[], byte[]> consumer, String topic, OwnedPartition.Parts parts, boolean singlePass) {
        this.consumer = consumer;
        this.topic = topic;
        this.parts = parts;
        this.singlePass = singlePass;
    }

    /** Returns when {@code stop} is given, or when every table had its single pass; true where none failed. */
    boolean run(StopSignal stop) throws InterruptedException {
        consumer.subscribe(List.of(topic), this);
        try {
            while (!stop.isStopped() && !isDone()) {
                poll();
            }
        } finally {
            release(List.copyOf(running.keySet()));
            // leaves the group at once, so that another extractor need not wait for this one's session to expire
            consumer.close();
        }
        return !failed;
    }

    private void poll() throws InterruptedException {
        try {
            consumer.poll(singlePass ? SINGLE_PASS_POLL : POLL);
            parts.restoreSharedTopics();
            parts.kafkaFared(-1, "");
        } catch (KafkaException e) {
            LOG.warn("the group of extractors cannot be kept: {}", e.toString());
            parts.kafkaFared(-1, String.valueOf(e.getMessage()));
        }
    }

    private boolean isDone() {
        return singlePass
                && everAssigned
                && running.values().stream().allMatch(worker -> worker.owned().isFinished());
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        everAssigned |= !partitions.isEmpty();
        consumer.pause(partitions);
        // the group has no offsets, and nothing is read
        consumer.seekToBeginning(partitions);
        for (TopicPartition partition : partitions) {
            OwnedPartition owned = new OwnedPartition(partition.partition(), parts, singlePass);
            Thread thread = new Thread(owned, "tables-" + partition.partition());
            running.put(partition, new Running(owned, thread));
            thread.start();
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        release(partitions);
    }

    /** Asks all of them first, then waits: their pages end side by side. */
    private void release(Collection<TopicPartition> partitions) {
        partitions.stream()
                .filter(running::containsKey)
                .map(running::get)
                .forEach(worker -> worker.owned().stop());
        for (TopicPartition partition : partitions) {
            Running worker = running.remove(partition);
            if (worker != null) {
                join(worker.thread());
                failed |= worker.owned().hasFailed();
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(PATIENCE.toMillis());
            if (thread.isAlive()) {
                // the next owner's producer fences what it may still send
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
