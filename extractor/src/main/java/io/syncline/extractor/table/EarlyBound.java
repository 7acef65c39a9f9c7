package io.syncline.extractor.table;

import io.syncline.common.model.Column;
import io.syncline.extractor.source.Newest;
import io.syncline.extractor.source.PageQuery;
import io.syncline.extractor.source.PageReader;
import io.syncline.extractor.source.SourceMoment;
import io.syncline.extractor.source.SourceTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bound of a copy or pass that is about to begin, made of the greatest modifier there is: what is below it is visible to
 * who reads from now on. Belongs to one table's thread.
 */
final class EarlyBound {

    private static final int INTEGER_LOOKS = 10;
    private static final Duration INTEGER_WAIT = Duration.ofMillis(400);

    private final TableTools tools;
    private final SourceTable table;
    private final Bounds bounds;

    EarlyBound(TableTools tools, SourceTable table, Bounds bounds) {
        this.tools = tools;
        this.table = table;
        this.bounds = bounds;
    }

    /**
     * Takes it. Integers settle when the transactions open now have ended; where they do not soon, the watermark in force stays.
     */
    @Nullable
    String take() throws SQLException, InterruptedException {
        SourceMoment moment = tools.clock().look();
        Newest newest = newest(moment);
        if (newest != null && !bounds.isPlausible(newest, moment)) {
            newest = null;
        }
        String bound = bounds.after(moment, newest);
        boolean settles = newest != null && bounds.settlesAt(newest);
        for (int look = 0; look < INTEGER_LOOKS && settles && Objects.equals(bound, bounds.watermark()); look++) {
            Thread.sleep(INTEGER_WAIT.toMillis());
            bound = bounds.after(tools.clock().look(), null);
        }
        return bound;
    }

    private @Nullable Newest newest(SourceMoment moment) throws SQLException {
        Column modifier = table.modifier().orElseThrow();
        try (Connection connection = tools.source().connect()) {
            return PageReader.single(connection, PageQuery.newest(table, modifier))
                    .map(text -> new Newest(bounds.ordinal(text), moment.age()))
                    .orElse(null);
        }
    }
}
