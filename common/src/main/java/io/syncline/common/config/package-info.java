/** Configuration: the environment, an optional .env file and tables.json, read once at the start into records. */
@NullMarked
package io.syncline.common.config;

import org.jspecify.annotations.NullMarked;
