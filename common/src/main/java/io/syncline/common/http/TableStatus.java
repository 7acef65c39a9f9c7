package io.syncline.common.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a table fares. What a service does not know is null.
 *
 * @param mode incremental or full_refresh
 * @param phase what is being done with it, or halted
 * @param rows published, or applied
 * @param watermark the modifier below which everything is done, or the offsets
 * @param startedOver when and why the table was last copied, or its topic read, from its beginning again
 * @param lag seconds (extractor: since the last finished pass) or events (loader: not yet applied)
 */
public record TableStatus(
        String table,
        String mode,
        String phase,
        long rows,
        @Nullable Long rowsWithoutModifier,
        @Nullable Long rejects,
        @Nullable String watermark,
        @Nullable String lastSuccess,
        @Nullable String lastError,
        @Nullable String startedOver,
        @Nullable Double lag) {

    public static @Nullable String iso(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
