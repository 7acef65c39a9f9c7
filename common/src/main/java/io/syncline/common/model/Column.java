package io.syncline.common.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column as MySQL declares it.
 *
 * @param name spelled as the server spells it
 * @param type the whole declared type, as {@code int unsigned} or {@code enum('a','b')}
 * @param kind how its values travel
 * @param precision digits of a decimal, fractional digits of a time, else 0
 * @param scale digits of a decimal behind its point, else 0
 * @param defaultValue the default as {@code information_schema} prints it, null where there is none
 * @param charset null for columns that hold no text
 * @param generated the expression of a generated column, else null
 * @param definition what stands behind the name in the server's own CREATE TABLE
 */
public record Column(
        String name,
        String type,
        ColumnKind kind,
        int precision,
        int scale,
        boolean nullable,
        @Nullable String defaultValue,
        @Nullable String charset,
        @Nullable String collation,
        @Nullable String generated,
        boolean autoIncrement,
        String comment,
        int position,
        String definition) {

    /** The others have codes without a character, or two for one. UCS-2 has halves of surrogate pairs. */
    private static final Set<String> WITHIN_UNICODE =
            Set.of("utf8mb4", "utf8mb3", "utf8", "utf16", "utf16le", "utf32", "latin1", "ascii");

    /** True where the server computes the value, so that nobody may write it. */
    public boolean isGenerated() {
        return generated != null;
    }

    /** True for an ENUM or SET that has the empty string as a member, so that a value's name does not always tell it. */
    public boolean hasEmptyMember() {
        return (kind == ColumnKind.ENUM || kind == ColumnKind.SET)
                && Members.of(type).names().contains("");
    }

    /** True for a text of a character set with characters that servers cannot turn into Unicode and back. */
    public boolean hasCharactersBeyondUnicode() {
        return kind == ColumnKind.TEXT && charset != null && !WITHIN_UNICODE.contains(charset);
    }

    /** True where the server may take two different values for one key: texts as their collation says, 0 and -0.0. */
    public boolean comparesByWeight() {
        return kind == ColumnKind.TEXT && collation != null || kind == ColumnKind.FLOAT || kind == ColumnKind.DOUBLE;
    }

    /** True where a row inserted without this column gets NULL. */
    public boolean isNullByDefault() {
        return nullable && (defaultValue == null || defaultValue.equalsIgnoreCase("NULL"));
    }

    /** True where a row inserted without this column is refused. */
    public boolean mustBeGiven() {
        return !nullable && defaultValue == null && !autoIncrement && !isGenerated();
    }
}
