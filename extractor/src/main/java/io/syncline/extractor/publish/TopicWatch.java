package io.syncline.extractor.publish;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a topic was deleted, made anew or emptied behind our back. Kafka is asked every few seconds at most; while
 * it does not answer, nothing has changed. Thread-safe.
 */
public final class TopicWatch {

    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration FRESH = Duration.ofSeconds(3);

    /** Tells topics apart; {@code TopicCreator.identities}. */
    public interface Look {
        /** For each of the topics that exist a text that another topic of its name, or an emptied one, would not have. */
        Map<String, String> of(Collection<String> topics) throws InterruptedException;
    }

    private final Look look;
    private final Set<String> watched = new HashSet<>();
    private Map<String, String> seen = new HashMap<>();
    private long due = System.nanoTime();

    public TopicWatch(Look look) {
        this.look = look;
    }

    /** What tells the topic from any other of its name; empty for one that is not there. */
    public synchronized Optional<String> identity(String topic) throws InterruptedException {
        if (watched.add(topic) || System.nanoTime() - due >= 0) {
            refresh();
        }
        return Optional.ofNullable(seen.get(topic));
    }

    private void refresh() throws InterruptedException {
        try {
            seen = look.of(watched);
        } catch (KafkaException e) {
            LOG.debug("topics are not looked at for now", e);
        }
        due = System.nanoTime() + FRESH.toNanos();
    }

    /** Makes the next question ask Kafka. */
    public synchronized void forget() {
        due = System.nanoTime();
    }
}
