/** What breaks servers, services and the network between them, and what must hold all the same. */
@NullMarked
package io.syncline.systemtests.faults;

import org.jspecify.annotations.NullMarked;
