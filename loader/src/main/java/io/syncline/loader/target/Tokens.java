package io.syncline.loader.target;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A piece of a CREATE TABLE taken apart into words, names, strings, comments and groups in parentheses, each with the
 * space before it, so that put together again they are the same text. What a group holds is one token. Immutable.
 */
record Tokens(List<Token> list) {

    /** In a pattern: a string or a quoted name as a server prints them. */
    static final String QUOTED = "'(?:[^'\\\\]++|\\\\.|'')*+'|`(?:[^`]++|``)*+`";

    private static final Pattern TOKEN =
            Pattern.compile("(\\s*)(" + QUOTED + "|/\\*.*?\\*/|[()]|,|[^\\s'`(),/]++|/)", Pattern.DOTALL);
    private static final Pattern QUOTES = Pattern.compile(QUOTED, Pattern.DOTALL);
    private static final Pattern NAME =
            Pattern.compile("'(?:[^'\\\\]++|\\\\.|'')*+'|`((?:[^`]++|``)*+)`", Pattern.DOTALL);

    /** One of them. */
    record Token(String space, String text) {
        boolean is(String word) {
            return text.equalsIgnoreCase(word);
        }

        boolean isGroup() {
            return text.startsWith("(");
        }

        boolean isComment() {
            return text.startsWith("/*");
        }
    }

    Tokens {
        list = List.copyOf(list);
    }

    static Tokens of(String sql) {
        List<Token> tokens = new ArrayList<>();
        StringBuilder group = new StringBuilder();
        String space = "";
        int depth = 0;
        Matcher matcher = TOKEN.matcher(sql);
        while (matcher.find()) {
            String text = matcher.group(2);
            if (depth == 0 && !text.equals("(")) {
                tokens.add(new Token(matcher.group(1), text));
                continue;
            }
            space = depth == 0 ? matcher.group(1) : space;
            group.append(depth == 0 ? "" : matcher.group(1)).append(text);
            depth += text.equals("(") ? 1 : text.equals(")") ? -1 : 0;
            if (depth == 0) {
                tokens.add(new Token(space, group.toString()));
                group.setLength(0);
            }
        }
        return new Tokens(tokens);
    }

    /** The text, without space before or behind it. */
    String text() {
        return list.stream()
                .map(token -> token.space() + token.text())
                .collect(Collectors.joining())
                .trim();
    }

    /** Where these words stand one behind the other; -1 where they do not. */
    int find(String... words) {
        for (int at = 0; at + words.length <= list.size(); at++) {
            int matching = 0;
            while (matching < words.length && list.get(at + matching).is(words[matching])) {
                matching++;
            }
            if (matching == words.length) {
                return at;
            }
        }
        return -1;
    }

    boolean has(String... words) {
        return find(words) >= 0;
    }

    Tokens without(int from, int to) {
        List<Token> left = new ArrayList<>(list.subList(0, from));
        left.addAll(list.subList(to, list.size()));
        return new Tokens(left);
    }

    Tokens without(String... words) {
        int at = find(words);
        return at < 0 ? this : without(at, at + words.length);
    }

    Tokens with(int at, String text) {
        List<Token> changed = new ArrayList<>(list);
        changed.set(at, new Token(list.get(at).space(), text));
        return new Tokens(changed);
    }

    Tokens plus(String word) {
        List<Token> longer = new ArrayList<>(list);
        longer.add(new Token(" ", word));
        return new Tokens(longer);
    }

    String between(int from, int to) {
        return new Tokens(list.subList(from, to)).text();
    }

    /** Changes what is neither a string nor a quoted name. */
    static String outsideQuotes(String sql, UnaryOperator<String> change) {
        StringBuilder changed = new StringBuilder();
        Matcher quoted = QUOTES.matcher(sql);
        int from = 0;
        while (quoted.find()) {
            changed.append(change.apply(sql.substring(from, quoted.start()))).append(quoted.group());
            from = quoted.end();
        }
        return changed.append(change.apply(sql.substring(from))).toString();
    }

    /** The names in back-ticks. */
    static List<String> names(String sql) {
        List<String> names = new ArrayList<>();
        Matcher matcher = NAME.matcher(sql);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                names.add(matcher.group(1).replace("``", "`"));
            }
        }
        return names;
    }
}
