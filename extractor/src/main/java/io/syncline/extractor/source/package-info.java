/** Reads the source: its tables' structure, its clock, and pages of rows. */
@NullMarked
package io.syncline.extractor.source;

import org.jspecify.annotations.NullMarked;
