@NullMarked
package io.syncline.bench;

import org.jspecify.annotations.NullMarked;
