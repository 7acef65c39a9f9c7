package io.syncline.common.mysql;

import java.util.ArrayList;
import java.util.List;

/** The members of an ENUM or SET, in the order by which the server numbers them. */
public record Members(List<String> names) {

    public Members {
        names = List.copyOf(names);
    }

    /** @param type as {@code enum('a','it''s','back\\slash')}: the server doubles quotes and escapes with a backslash */
    public static Members of(String type) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        boolean inside = false;
        for (int i = type.indexOf('(') + 1; i < type.length(); i++) {
            char c = type.charAt(i);
            if (!inside) {
                inside = c == '\'';
            } else if (c == '\\') {
                name.append(unescaped(type.charAt(++i)));
            } else if (c != '\'') {
                name.append(c);
            } else if (i + 1 < type.length() && type.charAt(i + 1) == '\'') {
                name.append(c);
                i++;
            } else {
                names.add(name.toString());
                name.setLength(0);
                inside = false;
            }
        }
        return new Members(names);
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case '0' -> '\0';
            default -> c;
        };
    }

    /** Counts from 1; 0 is the empty string that stands for an invalid value. */
    public int ordinal(String name) {
        return names.indexOf(name) + 1;
    }

    /** A SET's value as a number: a bit for each member. */
    public long bits(String value) {
        long bits = 0;
        for (String name : value.split(",")) {
            int position = names.indexOf(name);
            bits |= position < 0 ? 0 : 1L << position;
        }
        return bits;
    }
}
