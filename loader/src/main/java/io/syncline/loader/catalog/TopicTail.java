package io.syncline.loader.catalog;

import io.syncline.common.event.MalformedEventException;
import io.syncline.common.event.SchemaChange;
import io.syncline.common.event.Topics;
import io.syncline.common.event.Watermark;
import io.syncline.common.kafka.LogEnds;
import io.syncline.common.run.Backoff;
import io.syncline.common.run.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topics of schemas and watermarks from their beginning into the {@link Catalog}. Whoever meets a fingerprint
 * that the catalog does not hold waits until the tail has reached what was the end at that time. Runs on a thread of its
 * own, which owns the consumer.
 */
public final class TopicTail implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration ASKED_POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final LogEnds logEnds;
    private final Topics topics;
    private final Catalog catalog;
    private final Runnable changed;
    private final StopSignal stop;
    private long asked = 1;
    private long answered;
    /** Waits for events until it is woken by a question. */
    private @Nullable Consumer<byte[], byte[]> following;

    private volatile String trouble = "reading the schemas";

    /** @param changed called on the tail's thread after schemas or watermarks came in */
    public TopicTail(
            Supplier<Consumer<byte[], byte[]>> consumers,
            LogEnds logEnds,
            Topics topics,
            Catalog catalog,
            Runnable changed,
            StopSignal stop) {
        this.consumers = consumers;
        this.logEnds = logEnds;
        this.topics = topics;
        this.catalog = catalog;
        this.changed = changed;
        this.stop = stop;
    }

    @Override
    public void run() {
        int failures = 0;
        while (!stop.isStopped()) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                follow(consumer);
            } catch (InterruptException | InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (KafkaException e) {
                failures++;
                trouble = "the schemas cannot be read: " + e.getMessage();
                LOG.warn("{}", trouble);
                // the next consumer answers this, and thereby clears the trouble
                ask();
                stop.await(Backoff.TRANSIENT.delayAfter(failures));
            }
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        TopicPartition schemas = new TopicPartition(topics.schemas(), 0);
        List<TopicPartition> partitions = new ArrayList<>(List.of(schemas));
        consumer.partitionsFor(topics.watermarks())
                .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        listen(consumer);
        try {
            while (!stop.isStopped()) {
                try {
                    follow(consumer, partitions, schemas);
                } catch (WakeupException e) {
                    LOG.trace("the tail is asked", e);
                }
            }
        } finally {
            listen(null);
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, TopicPartition schemas)
            throws InterruptedException {
        long question = asked();
        if (question > answered) {
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            // a schema that is committed may stand behind an open transaction of another extractor's
            ends.putAll(logEnds.of(List.of(schemas)));
            while (!stop.isStopped() && isBehind(consumer, ends)) {
                take(consumer.poll(ASKED_POLL));
            }
            if (stop.isStopped()) {
                return;
            }
            trouble = "";
            answer(question);
        }
        take(consumer.poll(POLL));
    }

    private void take(ConsumerRecords<byte[], byte[]> news) {
        news.forEach(this::add);
        if (!news.isEmpty()) {
            changed.run();
        }
    }

    private static boolean isBehind(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    private void add(ConsumerRecord<byte[], byte[]> event) {
        if (event.value() == null) {
            return;
        }
        try {
            if (event.topic().equals(topics.schemas())) {
                catalog.add(SchemaChange.decode(event.value()));
            } else {
                catalog.add(Watermark.decode(event.value()));
            }
        } catch (MalformedEventException e) {
            LOG.warn(
                    "an event is not ours topic={} partition={} offset={}: {}",
                    event.topic(),
                    event.partition(),
                    event.offset(),
                    e.getMessage());
        }
    }

    /**
     * Waits until everything that is on the topics now is in the catalog.
     *
     * @return false where that took too long, or the service stops
     */
    public boolean catchUp() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long question = ask();
        synchronized (this) {
            while (answered < question && !stop.isStopped()) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return answered >= question;
        }
    }

    private synchronized long ask() {
        asked++;
        Consumer<byte[], byte[]> waiting = following;
        if (waiting != null) {
            waiting.wakeup();
        }
        return asked;
    }

    private synchronized void listen(@Nullable Consumer<byte[], byte[]> consumer) {
        following = consumer;
    }

    private synchronized long asked() {
        return asked;
    }

    private synchronized void answer(long question) {
        answered = question;
        notifyAll();
    }

    /** Why the catalog may be old; empty while it is not. */
    public String trouble() {
        return trouble;
    }
}
