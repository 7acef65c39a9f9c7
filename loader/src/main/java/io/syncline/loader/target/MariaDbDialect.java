package io.syncline.loader.target;

import io.syncline.common.model.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says MySQL's words to MariaDB. */
record MariaDbDialect() implements Dialect {

    private static final Pattern UNKNOWN = Pattern.compile(
            "\\b(uuid_to_bin|bin_to_uuid|is_uuid|regexp_like|any_value|member of|random_bytes|statement_digest\\w*|st_\\w*hash\\w*"
                    + "|string_to_vector|vector_to_string|to_vector|from_vector|json_storage_\\w+|as json|array)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern EXPRESSION_PART = Pattern.compile("(^\\(|,)\\s*\\(");

    @Override
    public ColumnDefinition column(Column column, ColumnDefinition definition, List<String> differences) {
        if (column.type().startsWith("vector")) {
            throw new UnfitTargetException("MariaDB has no equal of the type " + column.type() + " of the column "
                    + column.name() + "; give the target a column for it by hand, or leave it out with \"columns\" in"
                    + " tables.json");
        }
        Tokens tokens = Tokens.of(Tokens.outsideQuotes(definition.text(), this::said));
        int comment = comment(tokens);
        while (comment >= 0) {
            String text = tokens.list().get(comment).text();
            tokens = text.contains(" INVISIBLE ")
                    ? tokens.with(comment, "INVISIBLE")
                    : tokens.without(comment, comment + 1);
            if (text.contains(" SRID ")) {
                differences.add(column.name() + " takes any SRID");
            }
            comment = comment(tokens);
        }
        boolean generated = tokens.has("GENERATED", "ALWAYS", "AS");
        return new ColumnDefinition(generated ? tokens.without("NOT", "NULL") : tokens);
    }

    private static int comment(Tokens tokens) {
        for (int at = 0; at < tokens.list().size(); at++) {
            if (tokens.list().get(at).isComment()) {
                return at;
            }
        }
        return -1;
    }

    /** MariaDB loses its way where a quote is in a string behind the name of a charset; the session's is that one anyway. */
    private static String toMariaDb(String code) {
        return Collations.toMariaDb(code).replaceFirst("\\b_utf8mb4$", "");
    }

    private String said(String code) {
        return toMariaDb(code).replaceAll("\\bgeomcollection\\b", "geometrycollection");
    }

    @Override
    public Optional<String> index(String index, List<String> differences) {
        Tokens tokens = Tokens.of(Tokens.outsideQuotes(index, MariaDbDialect::toMariaDb));
        String text = tokens.text();
        boolean isCheck = tokens.has("CHECK");
        boolean functional = !isCheck && tokens.list().stream().anyMatch(MariaDbDialect::hasExpression);
        if (functional || text.contains("NOT ENFORCED") || isCheck && !knows(text)) {
            differences.add("left out, since MariaDB has no equal: " + index);
            return Optional.empty();
        }
        List<Tokens.Token> said = new ArrayList<>();
        for (Tokens.Token token : tokens.list()) {
            if (!token.isComment()) {
                said.add(token);
            } else if (token.text().contains(" INVISIBLE ")) {
                said.add(new Tokens.Token(token.space(), "IGNORED"));
            } else {
                differences.add("left out of " + index + ": " + token.text());
            }
        }
        return Optional.of(new Tokens(said).text());
    }

    private static boolean hasExpression(Tokens.Token token) {
        return token.isGroup()
                && EXPRESSION_PART
                        .matcher(token.text().replaceAll(Tokens.QUOTED, "x"))
                        .find();
    }

    @Override
    public Tokens options(Tokens options, List<String> differences) {
        Tokens said = Tokens.of(Tokens.outsideQuotes(options.text(), Collations::toMariaDb));
        for (String unknown :
                List.of("COMPRESSION=", "ENCRYPTION=", "ENGINE_ATTRIBUTE=", "SECONDARY_ENGINE_ATTRIBUTE=")) {
            int at = said.find(unknown);
            if (at >= 0) {
                differences.add("left out: " + said.between(at, at + 2));
                said = said.without(at, at + 2);
            }
        }
        return said;
    }

    @Override
    public boolean knows(String expression) {
        return !UNKNOWN.matcher(expression.replaceAll(Tokens.QUOTED, "x")).find();
    }

    @Override
    public String collation(String name) {
        return Collations.toMariaDb(name);
    }
}
