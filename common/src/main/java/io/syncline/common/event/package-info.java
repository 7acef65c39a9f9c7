/** What crosses Kafka beside rows: schema changes, watermarks and refresh markers, and the topics they travel on. */
@NullMarked
package io.syncline.common.event;

import org.jspecify.annotations.NullMarked;
