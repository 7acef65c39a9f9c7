/** What {@code java -jar loader.jar rejects} does: finds the rejects that are still open, and writes them once more. */
@NullMarked
package io.syncline.loader.rejects;

import org.jspecify.annotations.NullMarked;
