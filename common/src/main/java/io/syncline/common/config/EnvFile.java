package io.syncline.common.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a {@code .env} file: {@code NAME=value}, perhaps after {@code export}. A value in single quotes is taken as
 * it is, in double quotes with {@code \"}, {@code \\} and {@code \n}; outside quotes a comment begins with a {@code #} that
 * follows a blank, as python-dotenv and Compose read it, so that a password may hold one.
 */
final class EnvFile {

    private static final Pattern LINE = Pattern.compile("(?:export\\s+)?([\\w.-]+)\\s*=\\s*(.*)");
    private static final Pattern SINGLE = Pattern.compile("'([^']*)'\\s*(#.*)?");
    private static final Pattern DOUBLE = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(#.*)?");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");

    private EnvFile() {}

    static Map<String, String> parse(List<String> lines, Faults faults) {
        Map<String, String> variables = new TreeMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            Matcher parts = LINE.matcher(line);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (parts.matches()) {
                variables.put(parts.group(1), value(parts.group(2)));
            } else {
                faults.add(".env", "line " + (i + 1) + " is no variable; write it as NAME=value");
            }
        }
        return variables;
    }

    private static String value(String text) {
        Matcher single = SINGLE.matcher(text);
        if (single.matches()) {
            return single.group(1);
        }
        Matcher quoted = DOUBLE.matcher(text);
        if (quoted.matches()) {
            return ESCAPE.matcher(quoted.group(1))
                    .replaceAll(escape -> Matcher.quoteReplacement(unescaped(escape.group(1))));
        }
        return COMMENT.matcher(text).replaceFirst("").strip();
    }

    private static String unescaped(String character) {
        return switch (character) {
            case "n" -> "\n";
            case "\"", "\\" -> character;
            default -> "\\" + character;
        };
    }
}
