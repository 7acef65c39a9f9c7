package io.syncline.common.mysql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of what SHOW CREATE TABLE prints, taken apart at its own punctuation and not understood further, so that a
 * definition arrives as the server wrote it.
 *
 * @param columns from a column's name to what follows it, in the table's order
 * @param indexes keys and checks
 * @param options what follows the closing parenthesis, without the AUTO_INCREMENT counter
 */
public record CreateTable(Map<String, String> columns, List<String> indexes, List<String> foreignKeys, String options) {

    /** A line of its own, in which MariaDB leaves back-ticks of names as they are, so that nothing else may read it. */
    private static final Pattern CONSTRAINT =
            Pattern.compile("(?m)^  (CONSTRAINT `.*?` (FOREIGN KEY \\(`|CHECK ).*?),?$");

    /** @param printed as the server prints it with {@code sql_quote_show_create}, names in back-ticks */
    public static CreateTable parse(String printed) {
        List<String> foreignKeys = new ArrayList<>();
        String statement = CONSTRAINT.matcher(printed).replaceAll(line -> {
            if (line.group(2).startsWith("CHECK")) {
                return Matcher.quoteReplacement(line.group());
            }
            foreignKeys.add(line.group(1));
            return "";
        });
        int open = skipName(statement, statement.indexOf('`'));
        open = statement.indexOf('(', open);
        int close = closing(statement, open);
        Map<String, String> columns = new LinkedHashMap<>();
        List<String> indexes = new ArrayList<>();
        for (String part : parts(statement, open + 1, close)) {
            if (part.startsWith("`")) {
                int end = skipName(part, 0);
                String name = part.substring(1, end - 1).replace("``", "`");
                columns.put(name, part.substring(end).trim());
            } else if (!part.isEmpty()) {
                indexes.add(part);
            }
        }
        String options =
                statement.substring(close + 1).trim().replaceFirst("(?i)(ENGINE=\\w+) AUTO_INCREMENT=\\d+", "$1");
        return new CreateTable(columns, indexes, foreignKeys, options);
    }

    private static List<String> parts(String text, int from, int to) {
        List<String> parts = new ArrayList<>();
        int start = from;
        int at = from;
        while (at < to) {
            char c = text.charAt(at);
            if (c == ',') {
                parts.add(text.substring(start, at).trim());
                start = at + 1;
            }
            at = c == '(' ? closing(text, at) + 1 : skip(text, at);
        }
        parts.add(text.substring(start, to).trim());
        return parts;
    }

    /** The position of the parenthesis that closes the one at {@code open}. */
    private static int closing(String text, int open) {
        int depth = 0;
        int at = open;
        while (at < text.length()) {
            char c = text.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
            at = skip(text, at);
        }
        throw new IllegalArgumentException("unbalanced: " + text);
    }

    /** Past the character at this position, or past the whole name or string that begins there. */
    private static int skip(String text, int at) {
        return switch (text.charAt(at)) {
            case '`' -> skipName(text, at);
            case '\'', '"' -> skipString(text, at);
            default -> at + 1;
        };
    }

    private static int skipName(String text, int at) {
        int end = at + 1;
        while (text.charAt(end) != '`' || end + 1 < text.length() && text.charAt(end + 1) == '`') {
            end += text.charAt(end) == '`' ? 2 : 1;
        }
        return end + 1;
    }

    private static int skipString(String text, int at) {
        char quote = text.charAt(at);
        int end = at + 1;
        while (text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        // a doubled quote goes on as a string that begins at once
        return end + 1;
    }
}
