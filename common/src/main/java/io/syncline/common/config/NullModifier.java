package io.syncline.common.config;

/** What becomes of rows whose modifier is NULL, which no incremental pass would find. */
public enum NullModifier {
    /** They come with the first copy and by a re-read now and then. */
    INCLUDE,
    /** They are left out, counted and shown. */
    SKIP,
    /** The table halts at the first of them. */
    FAIL
}
