package io.syncline.loader.target;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collations that only one of MySQL and MariaDB has, and the other's nearest equal: those by the Unicode Collation
 * Algorithm, version 9.0 at MySQL and 14.0 at MariaDB, and MariaDB's that do not pad. Stateless.
 */
final class Collations {

    private static final Pattern MYSQL = Pattern.compile("\\butf8mb4_(?:([a-z_]+)_)?0900_(ai_ci|as_ci|as_cs|bin)\\b");
    private static final Pattern MARIADB =
            Pattern.compile("\\b(\\w+?)_uca1400_(?:([a-z0-9]+)_)??(?:nopad_)?(ai_ci|ai_cs|as_ci|as_cs)\\b");
    private static final Pattern NOT_PADDED = Pattern.compile("\\b(\\w+)_nopad_(ci|bin)\\b");

    /** By MySQL's name; one that is not here has no twin, and the server says so. */
    private static final Map<String, String> LANGUAGES = new LinkedHashMap<>();

    static {
        String twins =
                "cs czech da danish de_pb german2 eo esperanto es spanish es_trad spanish2 et estonian hr croatian"
                        + " hu hungarian is icelandic la roman lt lithuanian lv latvian pl polish ro romanian sk slovak"
                        + " sl slovenian sv swedish tr turkish vi vietnamese";
        String[] names = twins.split(" ");
        for (int i = 0; i < names.length; i += 2) {
            LANGUAGES.put(names[i], names[i + 1]);
        }
    }

    private Collations() {}

    /** Every collation of MySQL's in a text by MariaDB's name. */
    static String toMariaDb(String text) {
        return MYSQL.matcher(text).replaceAll(match -> {
            String language = match.group(1);
            if (match.group(2).equals("bin")) {
                return "utf8mb4_nopad_bin";
            } else if (language == null) {
                return "utf8mb4_uca1400_nopad_" + match.group(2);
            }
            String twin = LANGUAGES.get(language);
            return twin == null ? match.group() : "utf8mb4_uca1400_" + twin + "_nopad_" + match.group(2);
        });
    }

    /** Every collation of MariaDB's in a text by MySQL's name. */
    static String toMySql(String text) {
        String unicode = MARIADB.matcher(text)
                .replaceAll(match ->
                        Matcher.quoteReplacement(unicodeToMySql(match.group(1), match.group(2), match.group(3))));
        return NOT_PADDED.matcher(unicode).replaceAll(match -> {
            boolean exact = match.group(1).equals("utf8mb4") && match.group(2).equals("bin");
            return exact ? "utf8mb4_0900_bin" : match.group(1) + "_" + match.group(2);
        });
    }

    private static String unicodeToMySql(String charset, @Nullable String twin, String strength) {
        if (!charset.equals("utf8mb4")) {
            // the other charsets have no collations of version 9
            return charset + (strength.equals("ai_ci") ? "_unicode_520_ci" : "_bin");
        }
        // nothing of MySQL's tells upper from lower case and not accents; what tells both is not coarser
        String known = strength.equals("ai_cs") ? "as_cs" : strength;
        if (twin == null) {
            return "utf8mb4_0900_" + known;
        }
        String language = LANGUAGES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(twin))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(twin);
        // a language's collation is there as ai_ci and as as_cs
        return "utf8mb4_" + language + "_0900_" + (known.equals("as_ci") ? "as_cs" : known);
    }
}
