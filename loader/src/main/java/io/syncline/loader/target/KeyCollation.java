package io.syncline.loader.target;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a collation takes for equal, as far as its name says it. A key's column at the target must not take for equal what
 * the source tells apart, or rows would become one. Immutable.
 *
 * @param family all of the name but the charset and what follows here; empty for binary order
 * @param strength ai_ci, as_ci, as_cs, bin and what else there is, ci for the old ones
 * @param pads whether spaces at the end do not count
 */
record KeyCollation(String charset, String family, String strength, boolean pads) {

    private static final Pattern NAME =
            Pattern.compile("([a-z0-9]+?)(?:_(.*?))??_(ai_ci|ai_cs|as_ci|as_cs|as_cs_ks|ci|cs|bin)");
    private static final List<String> UNICODE =
            List.of("utf8mb4", "utf8mb3", "utf8", "ucs2", "utf16", "utf16le", "utf32");

    static KeyCollation of(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return new KeyCollation(name, name, "", !name.equals("binary"));
        }
        String family = matcher.group(2) == null ? "" : matcher.group(2);
        boolean pads = !family.contains("0900") && !family.contains("nopad") && !name.equals("utf8mb4_0900_bin");
        return new KeyCollation(
                matcher.group(1),
                family.replaceAll("(^|_)nopad$", "")
                        .replace("0900", matcher.group(3).equals("bin") ? "" : "0900"),
                matcher.group(3),
                pads);
    }

    /** Whether what is equal here is equal there, too. */
    boolean isAsFineAs(KeyCollation source) {
        if (equals(source)) {
            return true;
        }
        boolean finerSpaces = !pads || source.pads;
        return finerSpaces && (strength.equals("bin") || isFinerOfOneFamily(source) || isOfAscii(source));
    }

    private boolean isFinerOfOneFamily(KeyCollation source) {
        boolean sameOrder =
                charset.equals(source.charset) || UNICODE.contains(charset) && UNICODE.contains(source.charset);
        return sameOrder
                && family.equals(source.family)
                && (strength.equals(source.strength)
                        || !source.strength.isEmpty() && !strength.isEmpty() && tellsAllOf(source.strength));
    }

    private boolean tellsAllOf(String other) {
        boolean cases = strength.contains("cs") || other.contains("ci");
        boolean accents = !strength.startsWith("ai") || other.startsWith("ai");
        return cases && accents && !other.equals("bin") && !other.endsWith("ks");
    }

    /** Among ASCII characters every collation that ignores case takes the same letters for equal. */
    private boolean isOfAscii(KeyCollation source) {
        return source.charset.equals("ascii") && source.strength.equals("ci");
    }
}
