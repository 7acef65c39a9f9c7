package io.syncline.quickstart;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One value that differs between the sides.
 *
 * @param key the row's primary key, or what else tells the place
 * @param column the column, or {@code (row)} where a whole row is on one side only
 * @param source null for SQL NULL, as target
 */
public record Difference(
        String table,
        String key,
        String column,
        @Nullable String source,
        @Nullable String target) {
    private static final int SHOWN = 80;

    @Override
    public String toString() {
        return table + " [" + key + "] " + column + ": source " + shown(source) + ", target " + shown(target);
    }

    private static String shown(@Nullable String value) {
        var text = Objects.requireNonNullElse(value, "NULL");
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + text.length() + " characters)";
    }
}
