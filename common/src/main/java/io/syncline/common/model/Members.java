package io.syncline.common.model;

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

    /** The name of a SET's value of this number, as the server prints it. */
    public String name(long bits) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            if ((bits & 1L << i) != 0) {
                name.append(name.isEmpty() ? "" : ",").append(names.get(i));
            }
        }
        return name.toString();
    }

    /** A SET's value as a number: a bit for each member, of which the empty one has no name among others. */
    public long bits(String value) {
        long bits = 0;
        for (String name : value.split(",")) {
            bits |= name.isEmpty() ? 0 : bit(name);
        }
        return bits;
    }

    /** A SET's value of this member alone, 0 where there is no such member. */
    public long bit(String name) {
        int position = names.indexOf(name);
        return position < 0 ? 0 : 1L << position;
    }
}
