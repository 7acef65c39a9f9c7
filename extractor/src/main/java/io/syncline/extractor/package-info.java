/** The service that reads the source's tables and publishes what changed. */
@NullMarked
package io.syncline.extractor;

import org.jspecify.annotations.NullMarked;
