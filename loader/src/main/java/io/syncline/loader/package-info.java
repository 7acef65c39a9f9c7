/** The service that reads the topics and writes the target's tables. */
@NullMarked
package io.syncline.loader;

import org.jspecify.annotations.NullMarked;
