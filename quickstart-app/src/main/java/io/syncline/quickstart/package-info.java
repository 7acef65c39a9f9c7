/**
 * The whole pipeline on one machine: an embedded Kafka broker, two embedded MariaDB servers, a sample shop and both services, each
 * as a process of its own. {@link io.syncline.quickstart.Quickstart} runs them for people; the system tests start the
 * same servers, and they and the bench start the services.
 */
@NullMarked
package io.syncline.quickstart;

import org.jspecify.annotations.NullMarked;
