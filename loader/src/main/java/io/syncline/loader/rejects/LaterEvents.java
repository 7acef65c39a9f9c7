package io.syncline.loader.rejects;

import io.syncline.common.event.MalformedEventException;
import io.syncline.common.event.RefreshMarker;
import io.syncline.common.row.SingleObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Looks at what came on a rows topic after a reject: whether its row, or its refresh, is out of date. Not thread-safe. */
final class LaterEvents implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    /** What a reject is worth after all that was applied. */
    enum Verdict {
        /** It is its row's newest version. */
        NEWEST,
        /** A newer version, or a newer whole refresh, has taken its place. */
        REPLACED,
        /** Its refresh, or a newer one, is under way, and decides. */
        UNDECIDED
    }

    private final Consumer<byte[], byte[]> consumer;

    LaterEvents(Supplier<Consumer<byte[], byte[]>> consumers) {
        this.consumer = consumers.get();
    }

    /**
     * @param generation of the reject's row, null for an incremental one
     * @param next the first offset that is not applied
     */
    Verdict judge(OpenReject reject, @Nullable Long generation, long next) {
        consumer.assign(List.of(reject.from()));
        long first = consumer.beginningOffsets(List.of(reject.from())).getOrDefault(reject.from(), 0L);
        consumer.seek(reject.from(), Math.max(first, reject.offset() + 1));
        long end = Math.min(next, consumer.endOffsets(List.of(reject.from())).getOrDefault(reject.from(), 0L));
        Verdict verdict = generation == null ? Verdict.NEWEST : Verdict.UNDECIDED;
        while (consumer.position(reject.from()) < end) {
            for (ConsumerRecord<byte[], byte[]> event : consumer.poll(POLL)) {
                if (event.offset() >= end) {
                    break;
                }
                if (Arrays.equals(event.key(), reject.event().key())) {
                    return Verdict.REPLACED;
                }
                verdict = generation == null ? verdict : after(event, generation, verdict);
                if (verdict == Verdict.REPLACED) {
                    return verdict;
                }
            }
        }
        return verdict;
    }

    private static Verdict after(ConsumerRecord<byte[], byte[]> event, long generation, Verdict before) {
        byte[] value = event.value();
        if (value == null || SingleObject.fingerprint(value).orElse(0) != RefreshMarker.FINGERPRINT) {
            return before;
        }
        try {
            RefreshMarker marker = RefreshMarker.decode(value);
            boolean ends = marker.kind() == RefreshMarker.Kind.END;
            if (marker.generation() == generation) {
                return ends ? Verdict.NEWEST : before;
            }
            return ends && marker.generation() > generation ? Verdict.REPLACED : Verdict.UNDECIDED;
        } catch (MalformedEventException e) {
            return before;
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
