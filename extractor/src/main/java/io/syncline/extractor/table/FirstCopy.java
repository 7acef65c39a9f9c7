package io.syncline.extractor.table;

import io.syncline.common.event.Watermark.Phase;
import io.syncline.common.model.LoadId;
import io.syncline.common.row.RowDigest;
import io.syncline.common.row.RowEncoder;
import io.syncline.extractor.source.PageQuery;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Copies a table with a modifier in key order, each page in a snapshot of its own. Where incremental passes begin was
 * taken before the first page and stands in the watermark: what changes during the copy has a modifier at or above it.
 */
final class FirstCopy implements Work {

    private final TableSession session;
    private final LoadId load;
    private final RowEncoder encoder;
    private final boolean skipsNull;
    private RowDigest withoutModifier;
    private byte[] cursor = WatermarkEdit.NONE;
    private long rows;

    FirstCopy(TableSession session) {
        this.session = session;
        this.load = session.loadId();
        this.encoder = new RowEncoder(session.table().schema(), load, null);
        this.skipsNull = NullRows.areLeftOut(session.table().settings());
        byte[] digest = session.committed().digest();
        this.withoutModifier = digest.length == 0 ? RowDigest.ZERO : RowDigest.fromBytes(digest);
    }

    @Override
    public Progress page() throws SQLException, InterruptedException {
        PageQuery query = PageQuery.byKey(session.table(), session.committed().cursorKey(), session.fetchLimit());
        int read;
        try (Connection connection = session.source().connect()) {
            read = session.reader().read(connection, query, row -> {
                encoder.encode(row);
                publish();
            });
        }
        boolean last = read < session.fetchLimit();
        session.commit(watermark -> last ? finished(progressed(watermark)) : progressed(watermark));
        rows = 0;
        return last ? Progress.DONE : Progress.MORE;
    }

    private void publish() throws InterruptedException {
        cursor = encoder.key();
        if (encoder.modifier() == null) {
            if (skipsNull) {
                return;
            }
            withoutModifier = withoutModifier.plus(encoder.digest());
        }
        session.publisher().row(cursor, encoder.identity(), encoder.value());
        rows++;
        if (session.publisher().bytes() >= TableSession.TRANSACTION_BYTES) {
            session.commit(this::progressed);
            rows = 0;
        }
    }

    private WatermarkEdit progressed(WatermarkEdit watermark) {
        byte[] reached = cursor.length == 0 ? session.committed().cursorKey() : cursor;
        return watermark.rows(load, rows).cursor(null, reached).digest(withoutModifier.toBytes());
    }

    private WatermarkEdit finished(WatermarkEdit watermark) {
        return watermark
                .phase(Phase.INCREMENTAL)
                .cursor(null, WatermarkEdit.NONE)
                .finished();
    }

    @Override
    public String phase() {
        return "first copy";
    }

    @Override
    public void close() {
        // nothing outlives a page
    }
}
