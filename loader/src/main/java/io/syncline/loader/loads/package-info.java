/** The record of loads in _dlt_loads. */
@NullMarked
package io.syncline.loader.loads;

import org.jspecify.annotations.NullMarked;
