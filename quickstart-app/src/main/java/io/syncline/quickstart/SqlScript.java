package io.syncline.quickstart;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The statements of a script, in order, without the semicolons and line comments between them. DELIMITER is not known here. */
public record SqlScript(List<String> statements) {
    public SqlScript {
        statements = List.copyOf(statements);
    }

    /** Splits at every semicolon that is neither in quotes nor in a comment that {@code --} begins. */
    public static SqlScript parse(String text) {
        var statements = new ArrayList<String>();
        var statement = new StringBuilder();
        for (var position = 0; position < text.length(); ) {
            var end = tokenEnd(text, position);
            var token = text.substring(position, end);
            if (token.equals(";")) {
                addUnlessBlank(statements, statement);
            } else if (!token.startsWith("--")) {
                statement.append(token);
            }
            position = end;
        }
        addUnlessBlank(statements, statement);
        return new SqlScript(statements);
    }

    /** Runs every statement on the connection, all in one session, so that its variables and temporary tables last. */
    public void runOn(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    // a token: a quoted text, a comment up to the end of its line, or one character
    private static int tokenEnd(String text, int start) {
        var first = text.charAt(start);
        if (first == '\'' || first == '"' || first == '`') {
            return quotedEnd(text, start + 1, first);
        }
        if (text.startsWith("--", start)) {
            var lineEnd = text.indexOf('\n', start);
            return lineEnd < 0 ? text.length() : lineEnd;
        }
        return start + 1;
    }

    // a doubled quote needs no rule: it ends one text and begins the next
    private static int quotedEnd(String text, int start, char quote) {
        for (var position = start; position < text.length(); position++) {
            var character = text.charAt(position);
            if (character == '\\' && quote != '`') {
                position++;
            } else if (character == quote) {
                return position + 1;
            }
        }
        throw new IllegalArgumentException("a quote is never closed: " + text.substring(start - 1));
    }

    private static void addUnlessBlank(List<String> statements, StringBuilder statement) {
        var sql = statement.toString().strip();
        if (!sql.isEmpty()) {
            statements.add(sql);
        }
        statement.setLength(0);
    }
}
