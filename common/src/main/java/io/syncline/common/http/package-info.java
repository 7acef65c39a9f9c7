/** Health and status over HTTP. */
@NullMarked
package io.syncline.common.http;

import org.jspecify.annotations.NullMarked;
