/** Writes topics: rows and watermark in one transaction, schema versions before the rows that use them. */
@NullMarked
package io.syncline.extractor.publish;

import org.jspecify.annotations.NullMarked;
