package io.syncline.loader.target;

import java.util.Map;
import java.util.Set;

/** What the servers' character sets can hold, and in how many bytes: their table CHARACTER_SETS. Stateless. */
final class Charsets {

    private static final Set<String> ALL_OF_UNICODE = Set.of("utf8mb4", "utf16", "utf16le", "utf32", "gb18030");
    private static final Set<String> BASIC_PLANE = Set.of("utf8mb3", "utf8", "ucs2");
    /** Those in which a byte below 128 is not always the ASCII character. */
    private static final Set<String> NOT_ASCII = Set.of("swe7", "binary", "hp8", "sjis");

    private static final Map<String, Integer> MOST_BYTES = Map.ofEntries(
            Map.entry("utf8mb4", 4),
            Map.entry("utf16", 4),
            Map.entry("utf16le", 4),
            Map.entry("utf32", 4),
            Map.entry("gb18030", 4),
            Map.entry("utf8mb3", 3),
            Map.entry("utf8", 3),
            Map.entry("ujis", 3),
            Map.entry("eucjpms", 3),
            Map.entry("ucs2", 2),
            Map.entry("gbk", 2),
            Map.entry("big5", 2),
            Map.entry("sjis", 2),
            Map.entry("cp932", 2),
            Map.entry("euckr", 2),
            Map.entry("gb2312", 2));

    private static final Map<String, Integer> FEWEST_BYTES = Map.of("utf16", 2, "utf16le", 2, "ucs2", 2, "utf32", 4);

    private Charsets() {}

    /** Whether every character of one is in the other. */
    static boolean holds(String target, String source) {
        return same(target, source)
                || ALL_OF_UNICODE.contains(target)
                || BASIC_PLANE.contains(target) && !ALL_OF_UNICODE.contains(source)
                || source.equals("ascii") && !NOT_ASCII.contains(target);
    }

    static boolean same(String one, String other) {
        return one.equals(other) || BASIC_PLANE.contains(one) && BASIC_PLANE.contains(other);
    }

    static int mostBytes(String charset) {
        return MOST_BYTES.getOrDefault(charset, 1);
    }

    static int fewestBytes(String charset) {
        return FEWEST_BYTES.getOrDefault(charset, 1);
    }
}
