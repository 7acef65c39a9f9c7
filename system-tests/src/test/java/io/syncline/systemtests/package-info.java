/** The scenarios, by theme. */
@NullMarked
package io.syncline.systemtests;

import org.jspecify.annotations.NullMarked;
