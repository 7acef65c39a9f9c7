/** The target's tables: creating them, adding columns, and the fence that keeps former owners out. */
@NullMarked
package io.syncline.loader.target;

import org.jspecify.annotations.NullMarked;
