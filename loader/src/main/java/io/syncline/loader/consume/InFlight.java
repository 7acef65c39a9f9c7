package io.syncline.loader.consume;

import io.syncline.common.row.RowSchema;
import io.syncline.loader.target.TargetTable;
import io.syncline.loader.write.RowEvent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A batch in hand, as the one behind it has to know it: what is being written, and whether it was committed. Thread-safe.
 */
final class InFlight {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private final long bytes;
    private final long since = System.nanoTime();
    private volatile @Nullable Writing writing;
    private volatile boolean unhurried;

    /** Rows as they are written: each key once, in the order of the keys' bytes. */
    private record Writing(TargetTable table, List<RowEvent> rows, Segment.Rows segment) {

        boolean goesWith(Segment.Rows next, List<RowEvent> its) {
            RowSchema schema = segment.schema();
            return schema.fingerprint() == next.schema().fingerprint()
                    && Objects.equals(segment.generation(), next.generation())
                    && !Batch.shareKeys(rows, its, schema);
        }
    }

    /** @param bytes that its events take in the queue */
    InFlight(long bytes) {
        this.bytes = bytes;
    }

    /** It has all it needs to come to an end, whatever the batch behind it takes. */
    void begun(TargetTable table, List<RowEvent> rows, Segment.Rows segment) {
        writing = new Writing(table, rows, segment);
    }

    boolean hasBegun() {
        return writing != null;
    }

    /** The first offset behind a batch that has begun. */
    long nextOffset() {
        return known().segment().nextOffset();
    }

    long bytes() {
        return bytes;
    }

    /** @param unhurried whether the server is at what may take as long as it likes, by which nobody is stuck */
    void unhurried(boolean unhurried) {
        this.unhurried = unhurried;
    }

    Duration age() {
        return unhurried ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    TargetTable table() {
        return known().table();
    }

    /** Whether rows behind these can be written at the same time: rows of the same table and schema version, none of them one of these. */
    boolean goesWith(Segment.Rows next, List<RowEvent> rows) {
        return known().goesWith(next, rows);
    }

    private Writing known() {
        return Objects.requireNonNull(writing, "nothing is being written");
    }

    /** The first call counts. */
    void ended(boolean committed) {
        end.complete(committed);
    }

    /**
     * Waits for the end.
     *
     * @throws NotCommittedException where nothing was committed, or does not come to be: should it wait for locks of the batch
     *     behind it, that one has to give way
     */
    void awaitCommit() throws InterruptedException {
        try {
            if (!end.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new NotCommittedException("the batch before this one was not committed");
            }
        } catch (TimeoutException e) {
            throw new NotCommittedException("the batch before this one takes too long");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says why a batch has to wait for its turn. */
    static final class NotCommittedException extends RuntimeException {
        NotCommittedException(String reason) {
            super(reason);
        }
    }
}
