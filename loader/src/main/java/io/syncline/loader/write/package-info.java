/** Writing rows: the ways in, and what becomes of rows that the target refuses. */
@NullMarked
package io.syncline.loader.write;

import org.jspecify.annotations.NullMarked;
