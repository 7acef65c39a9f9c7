/** What the topics say beside rows: schema versions and watermarks. */
@NullMarked
package io.syncline.loader.catalog;

import org.jspecify.annotations.NullMarked;
