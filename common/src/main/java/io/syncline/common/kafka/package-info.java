/** Kafka clients and topics, set up as the guarantees need them. */
@NullMarked
package io.syncline.common.kafka;

import org.jspecify.annotations.NullMarked;
