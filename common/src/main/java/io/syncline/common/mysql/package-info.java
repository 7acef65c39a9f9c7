/** Sessions, metadata and errors of MySQL and MariaDB. */
@NullMarked
package io.syncline.common.mysql;

import org.jspecify.annotations.NullMarked;
