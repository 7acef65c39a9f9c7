package io.syncline.loader.target;

import java.util.Set;

/** What stands behind a column's name in a CREATE TABLE, with the clauses that may have to go. Immutable. */
record ColumnDefinition(Tokens tokens) {

    private static final Set<String> HOW_GENERATED = Set.of("VIRTUAL", "STORED", "PERSISTENT");

    static ColumnDefinition of(String definition) {
        return new ColumnDefinition(Tokens.of(definition));
    }

    String text() {
        return tokens.text();
    }

    private int generated() {
        return tokens.find("GENERATED", "ALWAYS", "AS");
    }

    /** The expression of a generated column; empty where it is none. */
    String generatedExpression() {
        int at = generated();
        return at < 0 ? "" : tokens.between(at + 3, at + 4);
    }

    /** Whether a generated column's values are kept, and not computed when they are read. */
    boolean isStored() {
        return tokens.has("STORED") || tokens.has("PERSISTENT");
    }

    /** A column of the same type that takes the values it is given. */
    ColumnDefinition plain() {
        int at = generated();
        if (at < 0) {
            return this;
        }
        int end = at + 4;
        boolean more = end < tokens.list().size();
        // GENERATED ALWAYS AS ROW START
        boolean isSystemTime = tokens.list().get(at + 3).is("ROW");
        boolean how = more && HOW_GENERATED.contains(tokens.list().get(end).text());
        return new ColumnDefinition(tokens.without(at, isSystemTime || how ? end + 1 : end));
    }

    /** Where the default's value begins; -1 where there is none. */
    int defaultValue() {
        int at = tokens.find("DEFAULT");
        return at < 0 ? -1 : at + 1;
    }

    /** Where the default's value ends: what follows without a space belongs to it, as a function's parentheses do. */
    int defaultEnd() {
        int end = defaultValue() + 1;
        while (end < tokens.list().size() && tokens.list().get(end).space().isEmpty()) {
            end++;
        }
        return end;
    }

    /** The default as it is written; empty where there is none. */
    String defaultExpression() {
        return defaultValue() < 0 ? "" : tokens.between(defaultValue(), defaultEnd());
    }

    ColumnDefinition withoutDefault() {
        return defaultValue() < 0 ? this : new ColumnDefinition(tokens.without(defaultValue() - 1, defaultEnd()));
    }

    /** The condition of a check in the column's own definition, as MariaDB writes it; empty where there is none. */
    String check() {
        int at = tokens.find("CHECK");
        return at < 0 ? "" : tokens.between(at + 1, at + 2);
    }

    ColumnDefinition withoutCheck() {
        int at = tokens.find("CHECK");
        return at < 0 ? this : new ColumnDefinition(tokens.without(at, at + 2));
    }

    ColumnDefinition withoutAutoIncrement() {
        return new ColumnDefinition(tokens.without("AUTO_INCREMENT"));
    }

    ColumnDefinition nullable() {
        int at = tokens.find("NOT", "NULL");
        return at < 0 ? this : new ColumnDefinition(tokens.without(at, at + 1));
    }
}
