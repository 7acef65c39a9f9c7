/** Measures the pipeline beside its peers, in turn, on real MySQL and Kafka. */
@NullMarked
package io.syncline.bench;

import org.jspecify.annotations.NullMarked;
