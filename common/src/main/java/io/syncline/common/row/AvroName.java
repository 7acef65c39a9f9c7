package io.syncline.common.row;

/**
 * Names of Avro records and fields for names of tables and columns. Avro allows letters, digits and {@code _} alone, no
 * digit first: every other character becomes {@code _x} with its UTF-16 code in four hexadecimal digits, and so does the
 * {@code _} of a name that would read like such an escape, so that no two names meet.
 */
final class AvroName {

    private AvroName() {}

    static String of(String name) {
        StringBuilder escaped = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            boolean digit = c >= '0' && c <= '9' && i > 0;
            boolean looksEscaped = c == '_' && i + 1 < name.length() && name.charAt(i + 1) == 'x';
            boolean looksReserved = i == 0 && name.startsWith(RowSchema.RESERVED);
            if ((letter || digit) && !looksEscaped && !looksReserved) {
                escaped.append(c);
            } else {
                escaped.append(String.format("_x%04x", (int) c));
            }
        }
        return escaped.toString();
    }
}
