package io.syncline.extractor.table;

import io.syncline.common.event.Watermark;
import io.syncline.common.http.TableStatus;
import io.syncline.common.model.TableId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What {@code /status} shows of one table; written by the table's thread and read by the HTTP server's. Thread-safe. */
public final class TableProgress {

    private final TableId table;
    private final boolean incremental;
    private String phase = "waiting for its turn";
    private long rows;
    private long rejects;
    private @Nullable Long withoutModifier;
    private @Nullable String watermark;
    private @Nullable Instant lastSuccess;
    private @Nullable String lastError;
    private @Nullable String startedOver;

    public TableProgress(TableId table, boolean incremental) {
        this.table = table;
        this.incremental = incremental;
    }

    synchronized void restored(Watermark from) {
        rows = from.totalRows();
        watermark = from.modifier();
        lastSuccess = from.finishedAt();
    }

    synchronized void working(String atPhase, Watermark committed, long rejected) {
        phase = atPhase;
        rows = committed.totalRows();
        watermark = committed.modifier();
        rejects = rejected;
        lastError = null;
    }

    synchronized void leftOut(long rowsWithoutModifier) {
        withoutModifier = rowsWithoutModifier;
    }

    /** @param restingPhase what is shown until the next pass */
    synchronized void passed(Instant at, @Nullable String reached, String restingPhase) {
        phase = restingPhase;
        lastSuccess = at;
        watermark = reached;
    }

    /** The table is copied once more from its beginning. */
    synchronized void startedOver(Instant at, String reason) {
        startedOver = at + " " + reason;
    }

    synchronized void failed(String atPhase, String error) {
        phase = atPhase;
        lastError = error;
    }

    /** Another extractor has the table now. */
    public synchronized void released() {
        phase = "not owned";
        lastError = null;
    }

    public synchronized TableStatus status(Instant now) {
        Instant success = lastSuccess;
        return new TableStatus(
                table.toString(),
                incremental ? "incremental" : "full_refresh",
                phase,
                rows,
                withoutModifier,
                rejects,
                watermark,
                TableStatus.iso(success),
                lastError,
                startedOver,
                success == null
                        ? null
                        : (Double) (Duration.between(success, now).toMillis() / 1000.0));
    }
}
