@NullMarked
package io.syncline.quickstart;

import org.jspecify.annotations.NullMarked;
