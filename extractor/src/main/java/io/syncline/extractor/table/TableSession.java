package io.syncline.extractor.table;

import io.syncline.common.event.Watermark;
import io.syncline.common.event.Watermark.Phase;
import io.syncline.common.model.LoadId;
import io.syncline.common.mysql.Database;
import io.syncline.extractor.publish.TablePublisher;
import io.syncline.extractor.source.PageReader;
import io.syncline.extractor.source.SourceTable;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the work on one table shares while its structure stays the same: where to read, where to publish, and the last
 * watermark that was committed. Belongs to the thread of the owned partition.
 */
final class TableSession {

    /** A transaction is closed when it holds this much, so that rows of any size pass through a small heap. */
    static final long TRANSACTION_BYTES = 16L * 1024 * 1024;

    private final Database source;
    private final SourceTable table;
    private final TablePublisher publisher;
    private final PageReader reader = new PageReader();
    private final int fetchLimit;
    private Watermark committed;

    TableSession(Database source, SourceTable table, TablePublisher publisher, int fetchLimit, Watermark committed) {
        this.source = source;
        this.table = table;
        this.publisher = publisher;
        this.fetchLimit = fetchLimit;
        this.committed = committed;
    }

    Database source() {
        return source;
    }

    SourceTable table() {
        return table;
    }

    TablePublisher publisher() {
        return publisher;
    }

    PageReader reader() {
        return reader;
    }

    int fetchLimit() {
        return fetchLimit;
    }

    Watermark committed() {
        return committed;
    }

    /** Whether the table is copied or refreshed from its beginning, so that what was known of it counts no more. */
    boolean beginsAnew() {
        return committed.schemaVersion() == 0;
    }

    /** Whether the next page is a first copy's first. */
    boolean copyBegins() {
        return committed.phase() == Phase.FIRST_COPY && committed.cursorKey().length == 0;
    }

    /** Commits what is published so far with the last watermark as it is changed here. */
    void commit(UnaryOperator<WatermarkEdit> change) throws InterruptedException {
        committed = publisher.commit(ends -> change.apply(edit(ends)).toWatermark());
    }

    private WatermarkEdit edit(List<Long> ends) {
        return new WatermarkEdit(committed)
                .schemaVersion(table.schema().table().version())
                .ends(ends);
    }

    /** A load of its own, later than the table's last one. */
    LoadId newLoad() {
        return LoadId.next(Instant.now(), committed.loadId());
    }

    /** The load under way: the one of a copy or pass that was interrupted goes on under its name. */
    LoadId loadId() {
        String last = committed.loadId();
        boolean interrupted = committed.cursorKey().length > 0;
        return interrupted && last != null ? new LoadId(last) : newLoad();
    }
}
