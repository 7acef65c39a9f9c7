/** The table and column model that both services speak of. */
@NullMarked
package io.syncline.common.model;

import org.jspecify.annotations.NullMarked;
