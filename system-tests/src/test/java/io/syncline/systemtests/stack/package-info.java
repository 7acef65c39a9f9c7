/** The servers that the services run against: real ones in containers, or real ones as processes. */
@NullMarked
package io.syncline.systemtests.stack;

import org.jspecify.annotations.NullMarked;
