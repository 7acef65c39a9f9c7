package io.syncline.loader.target;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Says MariaDB's words to MySQL. */
record MySqlDialect() implements Dialect {

    private static final Set<String> NO_EQUAL = Set.of("uuid", "inet4", "inet6");

    private static final Pattern UNKNOWN = Pattern.compile(
            "\\b(nextval|lastval|setval|json_(exists|query|detailed|compact|loose|equals|normalize|key_value|object_filter_keys"
                    + "|object_to_array|array_intersect)|natural_sort_key|sformat|to_char|uuid_v4|uuid_v7|sys_guid|add_months"
                    + "|chr|nvl2?|decode_histogram|decode_oracle|regexp_substr|median|percentile_\\w+|crc32c|kdf|random_bytes"
                    + "|charset utf8mb3)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LITERAL = Pattern.compile(
            "NULL|-?[\\d.]+(e[-+]?\\d+)?|[bxn]?'.*'|_\\w+'.*'|current_timestamp(\\(\\d?\\))?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    @Override
    public ColumnDefinition column(Column column, ColumnDefinition definition, List<String> differences) {
        if (NO_EQUAL.contains(column.type())) {
            throw new UnfitTargetException("MySQL has no equal of the type " + column.type() + " of the column "
                    + column.name() + "; give the target a column for it by hand, or leave it out with \"columns\" in"
                    + " tables.json");
        }
        Tokens tokens = Tokens.of(Tokens.outsideQuotes(definition.text(), Collations::toMySql))
                .without("WITHOUT", "SYSTEM", "VERSIONING");
        for (int at = tokens.list().size() - 1; at >= 0; at--) {
            String text = tokens.list().get(at).text();
            boolean compressed = text.startsWith("/*M!");
            if (compressed || text.startsWith("REF_SYSTEM_ID=")) {
                differences.add("left out of " + column.name() + ": " + text);
                tokens = tokens.without(at, at + 1);
            }
        }
        boolean hides = tokens.has("INVISIBLE");
        // MySQL wants it behind a generated column's expression
        Tokens said = hides ? tokens.without("INVISIBLE").plus("INVISIBLE") : tokens;
        return withDefaultInParentheses(column, new ColumnDefinition(said));
    }

    private static ColumnDefinition withDefaultInParentheses(Column column, ColumnDefinition definition) {
        String value = definition.defaultExpression();
        boolean isLiteral = LITERAL.matcher(value).matches();
        boolean takesLiteral = !(column.kind() == ColumnKind.GEOMETRY
                || column.type().contains("text")
                || column.type().contains("blob"));
        boolean bare = isLiteral && (takesLiteral || value.equalsIgnoreCase("NULL")) && !value.startsWith("_");
        if (value.isEmpty() || value.startsWith("(") || bare) {
            return definition;
        }
        int from = definition.defaultValue();
        Tokens tokens = definition.tokens();
        return new ColumnDefinition(
                tokens.without(from + 1, definition.defaultEnd()).with(from, "(" + value + ")"));
    }

    @Override
    public Optional<String> index(String index, List<String> differences) {
        Tokens tokens = Tokens.of(Tokens.outsideQuotes(index, Collations::toMySql));
        boolean isCheck = tokens.has("CHECK");
        // a unique index over a whole TEXT, which MariaDB keeps by hash
        boolean hashed = tokens.has("UNIQUE", "KEY") && tokens.has("USING", "HASH");
        if (hashed || tokens.has("PERIOD") || isCheck && !knows(tokens.text())) {
            differences.add("left out, since MySQL has no equal: " + index);
            return Optional.empty();
        }
        int ignored = tokens.find("IGNORED");
        String said = (ignored < 0 ? tokens : tokens.with(ignored, "INVISIBLE")).text();
        // names that MariaDB made are unique in their table, and have to be in the whole database
        return Optional.of(said.replaceFirst("^CONSTRAINT `CONSTRAINT_\\d+` CHECK", "CHECK"));
    }

    @Override
    public Tokens options(Tokens options, List<String> differences) {
        String said = Tokens.outsideQuotes(
                options.text(),
                code -> Collations.toMySql(code)
                        .replaceAll("\\b(PAGE_CHECKSUM|TRANSACTIONAL)=\\d", "")
                        .replaceAll("\\bROW_FORMAT=PAGE\\b", ""));
        if (said.contains("ENGINE=Aria")) {
            differences.add("ENGINE=InnoDB in place of Aria");
            said = said.replaceFirst("ENGINE=Aria", "ENGINE=InnoDB");
        }
        // MariaDB's further options are in back-ticks
        Pattern further = Pattern.compile("`\\w+`=(" + Tokens.QUOTED + "|\\w+)");
        further.matcher(said).results().forEach(found -> differences.add("left out: " + found.group()));
        return Tokens.of(further.matcher(said).replaceAll(""));
    }

    @Override
    public boolean knows(String expression) {
        return !UNKNOWN.matcher(expression.replaceAll(Tokens.QUOTED, "x")).find();
    }

    @Override
    public String collation(String name) {
        return Collations.toMySql(name);
    }
}
