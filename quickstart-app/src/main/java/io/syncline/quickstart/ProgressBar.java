package io.syncline.quickstart;

import java.util.Locale;

/** A bar of a fixed width. Immutable. */
record ProgressBar(int width) {
    /** Full only when all is done, however many rows there are. {@code done} may exceed {@code total}. */
    String render(long done, long total) {
        var part = total == 0 ? 1 : Math.min(1, (double) done / total);
        var filled = (int) (part * width);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3d %%  %,d of %,d rows",
                "#".repeat(filled),
                ".".repeat(width - filled),
                (int) (part * 100),
                done,
                total);
    }
}
