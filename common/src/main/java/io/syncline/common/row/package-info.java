/** The row codec: MySQL values to plain Avro and back, without an object for each value. */
@NullMarked
package io.syncline.common.row;

import org.jspecify.annotations.NullMarked;
