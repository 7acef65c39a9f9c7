/** What scenarios are written in: a source and a target, the services' processes, the topics, and guarantees that watch them. */
@NullMarked
package io.syncline.systemtests.pipeline;

import org.jspecify.annotations.NullMarked;
