package io.syncline.extractor.table;

import io.syncline.common.event.Watermark;
import io.syncline.common.model.Column;
import io.syncline.common.model.LoadId;
import io.syncline.common.row.ModifierOrder;
import io.syncline.common.row.RowDigest;
import io.syncline.common.row.RowEncoder;
import io.syncline.extractor.source.Newest;
import io.syncline.extractor.source.PageQuery;
import io.syncline.extractor.source.SourceMoment;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads once what has changed, in the order of modifier and key, from the watermark on. What {@link RecentRows} knows is
 * not published again. The watermark moves to the bound that was taken before the first page, however far the rows go; a
 * pass that goes on after a restart keeps to the bound of its first part, whose pages saw no later commits. Where clocks
 * were set back, the pass begins at the watermark that was set back, too, and that one is committed even without rows.
 */
final class IncrementalPass implements Work {

    private record Pending(long modifier, RowDigest key, RowDigest row) {}

    private final TableSession session;
    private final RecentRows recent;
    private final Bounds bounds;
    private final SourceMoment moment;
    private final boolean keepsBound;
    private final Column modifier;
    private final ModifierOrder order;
    private final List<Pending> pending = new ArrayList<>();
    private final boolean resumed;
    private @Nullable RowEncoder encoder;
    private @Nullable LoadId load;
    private byte[] cursorKey;
    private @Nullable Long cursor;
    private @Nullable Newest newest;
    private @Nullable Duration pageSinceLook;
    private long rows;
    private long known;
    private long all;
    private boolean published;

    /**
     * @param moment looked at before the first page is read
     * @param keepsBound whether the watermark is committed wherever it comes to, even without rows
     */
    IncrementalPass(TableSession session, RecentRows recent, Bounds bounds, SourceMoment moment, boolean keepsBound) {
        this.session = session;
        this.recent = recent;
        this.bounds = bounds;
        this.moment = moment;
        this.keepsBound = keepsBound;
        this.modifier = session.table().modifier().orElseThrow();
        this.order = new ModifierOrder(modifier.kind());
        bounds.begin(moment);
        Watermark committed = session.committed();
        boolean interrupted = committed.cursorKey().length > 0;
        this.resumed = interrupted && !bounds.isBelow(bounds.watermark(), committed.modifier());
        this.cursorKey = resumed ? committed.cursorKey() : WatermarkEdit.NONE;
        String reached = resumed ? committed.cursorModifier() : null;
        this.cursor = reached == null ? null : (Long) order.ordinal(reached);
        this.published = interrupted;
    }

    @Override
    public Progress page() throws SQLException, InterruptedException {
        int read;
        pageSinceLook = null;
        try (Connection connection = session.source().connect()) {
            read = session.reader().read(connection, query(), row -> {
                RowEncoder rows = encoder();
                rows.encode(row);
                publish(rows);
            });
        }
        if (read < session.fetchLimit()) {
            finish();
            return Progress.DONE;
        }
        if (rows > 0) {
            commit(this::progressed);
        }
        return Progress.MORE;
    }

    private PageQuery query() {
        int limit = session.fetchLimit();
        return cursor == null || cursorKey.length == 0
                ? PageQuery.fromModifier(session.table(), modifier, bounds.watermark(), limit)
                : PageQuery.behindRow(session.table(), modifier, order.text(cursor), cursorKey, limit);
    }

    /** Made for the first row: most passes find none. */
    private RowEncoder encoder() {
        RowEncoder known = encoder;
        if (known == null) {
            known = new RowEncoder(session.table().schema(), load(), null);
            encoder = known;
        }
        return known;
    }

    private LoadId load() {
        LoadId known = load;
        if (known == null) {
            known = session.loadId();
            load = known;
        }
        return known;
    }

    private void publish(RowEncoder encoded) throws InterruptedException {
        Long at = encoded.modifier();
        if (at == null) {
            throw new IllegalStateException("a pass over " + session.table().id() + " read a row without a modifier");
        }
        all++;
        cursor = at;
        cursorKey = encoded.key();
        noteNewest(at, sinceLook());
        RowDigest key = encoded.identityDigest();
        RowDigest row = encoded.digest();
        if (recent.contains(key, row)) {
            known++;
            return;
        }
        session.publisher().row(cursorKey, encoded.identity(), encoded.value());
        pending.add(new Pending(at, key, row));
        rows++;
        if (session.publisher().bytes() >= TableSession.TRANSACTION_BYTES) {
            commit(this::progressed);
        }
    }

    /** Of rows that share a modifier the one that was read first tells most. */
    private void noteNewest(long at, Duration sinceLook) {
        Newest before = newest;
        if (before == null || at > before.modifier()) {
            Newest read = new Newest(at, sinceLook);
            newest = bounds.isPlausible(read, moment) ? read : before;
        }
    }

    /** When a page's first row comes, its snapshot has been taken: none of its rows is younger. */
    private Duration sinceLook() {
        Duration known = pageSinceLook;
        if (known == null) {
            known = moment.age();
            pageSinceLook = known;
        }
        return known;
    }

    /** With the watermark in force, which passes that found nothing have moved: the recent rows are those since then. */
    private WatermarkEdit progressed(WatermarkEdit watermark) {
        return watermark
                .rows(load(), rows)
                .modifier(bounds.watermark())
                .cursor(cursor == null ? null : order.text(cursor), cursorKey)
                .nextModifier(resumed ? session.committed().nextModifier() : bounds.provisional(moment, newest))
                .recent(recent.toBytes());
    }

    private void finish() throws InterruptedException {
        String bound = bound();
        String reached = resumed ? bounds.lesser(bound, session.committed().nextModifier()) : bound;
        if (rows > 0 || published) {
            commit(watermark -> progressed(watermark)
                    .cursor(null, WatermarkEdit.NONE)
                    .nextModifier(null)
                    .modifier(reached)
                    .finished());
        } else if (mustBeKept(reached)) {
            session.commit(watermark -> watermark.modifier(reached).recent(recent.toBytes()));
        }
        bounds.reached(reached);
        if (reached != null) {
            recent.forgetBelow(order.ordinal(reached));
        }
    }

    private boolean mustBeKept(@Nullable String reached) {
        String kept = session.committed().modifier();
        return bounds.isBelow(reached, kept) || (keepsBound && !Objects.equals(reached, kept));
    }

    private @Nullable String bound() {
        Newest greatest = newest;
        if (greatest == null || all < session.fetchLimit()) {
            return bounds.after(moment, greatest);
        }
        // rows that could not be remembered are published again, so they tell nothing
        boolean changed = (rows > 0 || published) && !recent.isFull();
        return bounds.afterMany(moment, greatest, all, changed);
    }

    private void commit(UnaryOperator<WatermarkEdit> change) throws InterruptedException {
        pending.forEach(row -> recent.add(row.modifier(), row.key(), row.row()));
        session.commit(change);
        pending.clear();
        published = true;
        rows = 0;
    }

    /** Whether it found nothing new among more known rows than a page has. */
    boolean wasInVain() {
        return !published && known >= session.fetchLimit();
    }

    @Override
    public String phase() {
        return "incremental";
    }

    @Override
    public void close() {
        // nothing outlives a page
    }
}
