/** What every loop of a service needs: backoff, waiting, and the order of stopping. */
@NullMarked
package io.syncline.common.run;

import org.jspecify.annotations.NullMarked;
