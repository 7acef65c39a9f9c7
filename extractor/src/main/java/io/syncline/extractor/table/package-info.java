/** What is done with one table: first copy, incremental passes, full refreshes. */
@NullMarked
package io.syncline.extractor.table;

import org.jspecify.annotations.NullMarked;
