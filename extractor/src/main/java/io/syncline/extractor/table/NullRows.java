package io.syncline.extractor.table;

import io.syncline.common.config.NullModifier;
import io.syncline.common.config.TableSettings;
import io.syncline.common.model.Column;
import io.syncline.common.model.LoadId;
import io.syncline.common.row.RowDigest;
import io.syncline.common.row.RowEncoder;
import io.syncline.extractor.source.PageQuery;
import io.syncline.extractor.source.PageReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Re-reads the rows whose modifier is NULL, which no incremental pass finds, and publishes them all when the sum of their
 * digests is no longer the one that the watermark holds. Reading and publishing are two snapshots: the digest kept is
 * that of the rows published. {@link RecentRows} forgets them, so that a row which gets its former modifier and content
 * back is published again.
 */
final class NullRows implements Work {

    private final TableSession session;
    private final RecentRows recent;
    private final @Nullable String watermark;
    private final Column modifier;
    private final LoadId load;
    private final RowEncoder encoder;
    private final byte[] known;
    private RowDigest digest = RowDigest.ZERO;
    private byte[] cursor = WatermarkEdit.NONE;
    private long rows;
    private boolean publishing;

    /** @param watermark in force, to which the recent rows belong */
    NullRows(TableSession session, RecentRows recent, @Nullable String watermark) {
        this.session = session;
        this.recent = recent;
        this.watermark = watermark;
        this.modifier = session.table().modifier().orElseThrow();
        this.load = session.newLoad();
        this.encoder = new RowEncoder(session.table().schema(), load, null);
        byte[] committed = session.committed().digest();
        this.known = committed.length == 0 ? RowDigest.ZERO.toBytes() : committed;
    }

    static boolean areLeftOut(TableSettings settings) {
        return settings.nullModifier() == NullModifier.SKIP;
    }

    /** How many rows have no modifier, where the settings have them counted instead of copied. */
    static long count(TableSession session) throws SQLException {
        Column modifier = session.table().modifier().orElseThrow();
        try (Connection connection = session.source().connect()) {
            return PageReader.single(connection, PageQuery.countWithoutModifier(session.table(), modifier))
                    .map(Long::parseLong)
                    .orElse(0L);
        }
    }

    @Override
    public Progress page() throws SQLException, InterruptedException {
        int limit = session.fetchLimit();
        int read;
        try (Connection connection = session.source().connect()) {
            PageQuery query = PageQuery.withoutModifier(session.table(), modifier, cursor, limit);
            read = session.reader().read(connection, query, row -> {
                encoder.encode(row);
                cursor = encoder.key();
                digest = digest.plus(encoder.digest());
                if (publishing) {
                    session.publisher().row(cursor, encoder.identity(), encoder.value());
                    recent.forget(encoder.identityDigest());
                    rows++;
                }
            });
        }
        if (read == limit) {
            if (publishing) {
                session.commit(this::progressed);
                rows = 0;
            }
            return Progress.MORE;
        }
        return endOfRows();
    }

    private WatermarkEdit progressed(WatermarkEdit edited) {
        return edited.rows(load, rows).modifier(watermark).recent(recent.toBytes());
    }

    private Progress endOfRows() throws InterruptedException {
        if (publishing) {
            session.commit(edited -> progressed(edited).digest(digest.toBytes()).finished());
            return Progress.DONE;
        }
        if (Arrays.equals(known, digest.toBytes())) {
            return Progress.DONE;
        }
        publishing = true;
        digest = RowDigest.ZERO;
        cursor = WatermarkEdit.NONE;
        return Progress.MORE;
    }

    @Override
    public String phase() {
        return "rows without a modifier";
    }

    @Override
    public void close() {
        // nothing outlives a page
    }
}
