package io.syncline.loader.consume;

import io.syncline.common.event.RefreshMarker;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.write.Reject;
import io.syncline.loader.write.RowEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of one partition that are applied together: neighbours of one kind, one schema version and one generation. */
sealed interface Segment {

    /** The first offset behind it. */
    long nextOffset();

    /** Rows; {@code generation} is null for incremental ones. */
    record Rows(RowSchema schema, @Nullable Long generation, List<RowEvent> events, long nextOffset)
            implements Segment {}

    /** A refresh's begin or end. */
    record Marker(RefreshMarker marker, long nextOffset) implements Segment {}

    /** An event that is not ours, or not whole. */
    record Undecodable(Reject reject, long nextOffset) implements Segment {}

    /** An event that asks for nothing. */
    record Nothing(long nextOffset) implements Segment {}
}
