/** From Kafka to batches: the pump, a lane for each partition, and offsets. */
@NullMarked
package io.syncline.loader.consume;

import org.jspecify.annotations.NullMarked;
