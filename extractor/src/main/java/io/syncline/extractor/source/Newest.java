package io.syncline.extractor.source;

import java.time.Duration;

/**
 * The greatest modifier that was read after a look at the source.
 *
 * @param sinceLook how long after the look it was read at the latest; its row may have been stamped as long after the look
 */
public record Newest(long modifier, Duration sinceLook) {}
