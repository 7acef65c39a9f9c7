/** Full refreshes: staging a generation and swapping it in. */
@NullMarked
package io.syncline.loader.refresh;

import org.jspecify.annotations.NullMarked;
