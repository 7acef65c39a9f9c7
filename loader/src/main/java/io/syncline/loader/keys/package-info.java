/** Indexes and foreign keys, which the target's tables get when their first copies are applied. */
@NullMarked
package io.syncline.loader.keys;

import org.jspecify.annotations.NullMarked;
