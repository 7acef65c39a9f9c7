package io.syncline.extractor.table;

import io.syncline.common.event.RefreshMarker;
import io.syncline.common.event.Watermark.Phase;
import io.syncline.common.model.LoadId;
import io.syncline.common.row.RowDigest;
import io.syncline.common.row.RowEncoder;
import io.syncline.extractor.source.PageQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table without a modifier in one consistent snapshot. If the sum of its rows' digests is the one that the last
 * refresh published, that is all; otherwise, as soon as that is known, the same snapshot is read from its first row again and
 * published as the next generation, from a begin marker to an end marker in every partition.
 *
 * <p>The watermark loses its digest with the begin markers and has a new one with the end markers, so that a refresh which
 * was cut off is always followed by a whole one.
 */
final class FullRefresh implements Work {

    static final String SOURCE_EMPTY = "source empty";

    private final TableSession session;
    private final LoadId load;
    private final long generation;
    private final RowEncoder encoder;
    private final byte[] known;
    private final PageDigests knownPages;
    private final long[] rowsOfPartition;
    private @Nullable Connection snapshot;
    private RowDigest digest = RowDigest.ZERO;
    private PageDigests pages = new PageDigests();
    private byte[] cursor = WatermarkEdit.NONE;
    private long rows;
    private boolean publishing;
    private boolean looked;
    private boolean sourceEmpty;

    /** @param pages of the last pass */
    FullRefresh(TableSession session, PageDigests pages) {
        this.session = session;
        this.load = session.newLoad();
        this.generation = session.committed().generation() + 1;
        this.encoder = new RowEncoder(session.table().schema(), load, generation);
        this.known = session.committed().digest();
        this.knownPages = pages.areOf(known) ? pages : PageDigests.NONE;
        this.rowsOfPartition = new long[session.publisher().partitions()];
    }

    @Override
    public Progress page() throws SQLException, InterruptedException {
        if (keepsTarget()) {
            return Progress.DONE;
        }
        if (!publishing && known.length == 0) {
            begin();
        }
        PageQuery query = PageQuery.byKey(session.table(), cursor, session.fetchLimit());
        int read = session.reader().read(snapshot(), query, row -> {
            encoder.encode(row);
            cursor = encoder.key();
            digest = digest.plus(encoder.digest());
            if (publishing) {
                publish(cursor);
            }
        });
        if (read == session.fetchLimit()) {
            pages.add(digest);
            if (!publishing && pages.differFrom(knownPages)) {
                begin();
            }
            commitRows();
            return Progress.MORE;
        }
        pages.end(digest.toBytes());
        if (publishing) {
            end();
            return Progress.DONE;
        }
        if (Arrays.equals(known, digest.toBytes())) {
            return Progress.DONE;
        }
        begin();
        return Progress.MORE;
    }

    /** Whether the source is empty, and the settings have the target keep what it has. */
    private boolean keepsTarget() throws SQLException, InterruptedException {
        if (!looked && session.table().settings().keepsWhenEmpty()) {
            PageQuery first = PageQuery.byKey(session.table(), WatermarkEdit.NONE, 1);
            sourceEmpty = session.reader().read(snapshot(), first, row -> {}) == 0;
            if (sourceEmpty && session.committed().finishedAt() == null) {
                session.commit(WatermarkEdit::finished);
            }
        }
        looked = true;
        return sourceEmpty;
    }

    private Connection snapshot() throws SQLException {
        Connection connection = snapshot;
        if (connection == null) {
            connection = session.source().connect();
            snapshot = connection;
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement statement = connection.createStatement()) {
                statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
            }
        }
        return connection;
    }

    private void begin() throws InterruptedException {
        publishing = true;
        cursor = WatermarkEdit.NONE;
        digest = RowDigest.ZERO;
        pages = new PageDigests();
        markers(RefreshMarker.Kind.BEGIN);
        session.commit(watermark -> watermark
                .phase(Phase.FULL_REFRESH)
                .rows(load, 0)
                .generation(generation)
                .digest(WatermarkEdit.NONE));
    }

    /** Of all pages, when it is done. */
    PageDigests pages() {
        return pages;
    }

    private void publish(byte[] key) throws InterruptedException {
        session.publisher()
                .row(key, encoder.identity(), encoder.value())
                .ifPresent(partition -> rowsOfPartition[partition]++);
        rows++;
        if (session.publisher().bytes() >= TableSession.TRANSACTION_BYTES) {
            commitRows();
        }
    }

    private void commitRows() throws InterruptedException {
        if (rows > 0) {
            session.commit(watermark -> watermark.rows(load, rows));
            rows = 0;
        }
    }

    private void end() throws InterruptedException {
        markers(RefreshMarker.Kind.END);
        session.commit(
                watermark -> watermark.rows(load, rows).digest(digest.toBytes()).finished());
    }

    private void markers(RefreshMarker.Kind kind) {
        for (int partition = 0; partition < rowsOfPartition.length; partition++) {
            session.publisher()
                    .marker(new RefreshMarker(
                            kind,
                            generation,
                            load.text(),
                            session.table().schema().table().version(),
                            partition,
                            rowsOfPartition.length,
                            kind == RefreshMarker.Kind.END ? rowsOfPartition[partition] : 0));
        }
    }

    @Override
    public String phase() {
        return sourceEmpty ? SOURCE_EMPTY : publishing ? "full refresh" : "comparing";
    }

    @Override
    public void close() throws SQLException {
        Connection connection = snapshot;
        snapshot = null;
        if (connection != null) {
            connection.rollback();
            connection.close();
        }
    }
}
