/** Which extractor reads which tables, and what a new owner does first. */
@NullMarked
package io.syncline.extractor.ownership;

import org.jspecify.annotations.NullMarked;
