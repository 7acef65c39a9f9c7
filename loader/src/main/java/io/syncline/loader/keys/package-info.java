/** Foreign keys, which the target gets when all tables concerned are copied. */
@NullMarked
package io.syncline.loader.keys;

import org.jspecify.annotations.NullMarked;
