package io.syncline.loader.target;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableSchema;
import io.syncline.common.mysql.Quoted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The statements that give the target a table or a column as the source declares it: the source's own words, less what
 * speaks of columns that do not travel, less foreign keys, less where the source's server keeps its files.
 *
 * @param sql the statement, or the clause of an ALTER TABLE
 * @param later the indexes that may wait until the rows are there
 * @param differences what is said otherwise or left out, for people
 */
record TableDefinition(String sql, List<String> later, List<String> differences) {

    /** A string, a name, or a parenthesis that is in neither. */
    private static final Pattern TOKEN =
            Pattern.compile("'(?:[^'\\\\]++|\\\\.|'')*+'|`((?:[^`]++|``)*+)`|[()]", Pattern.DOTALL);
    /** Partitions are named with or without quotes, as the server pleases. */
    private static final Pattern PARTITION_COLUMNS =
            Pattern.compile("\\b(?:COLUMNS|KEY)(?: ALGORITHM = \\d+)? ?\\(([^()]*)\\)");

    TableDefinition {
        later = List.copyOf(later);
        differences = List.copyOf(differences);
    }

    /** CREATE TABLE; a table that is refreshed in full gets all indexes at once, for its rows come to a staging table. */
    static TableDefinition create(String database, String table, TableSchema source, Dialect dialect) {
        List<String> differences = new ArrayList<>();
        List<String> indexes = new ArrayList<>();
        for (String index : source.indexes()) {
            if (speaksOfTravellingColumns(index, source)) {
                dialect.index(index, differences).ifPresent(indexes::add);
            } else {
                differences.add("left out, since it names columns that do not travel: " + index);
            }
        }
        String options = options(source, dialect, differences);
        List<String> parts = new ArrayList<>();
        for (Column column : source.columns()) {
            ColumnDefinition definition = definition(column, source, dialect, differences);
            if (column.autoIncrement() && indexes.stream().noneMatch(index -> beginsWith(index, column))) {
                differences.add(column.name() + " without AUTO_INCREMENT, since it has no index");
                definition = definition.withoutAutoIncrement();
            }
            parts.add(Quoted.name(column.name()) + " " + definition.text());
        }
        for (String own : List.of(OwnColumns.LOAD_ID, OwnColumns.ID)) {
            if (source.find(own).isEmpty()) {
                parts.add(Quoted.name(own) + " " + OwnColumns.definition(own, options));
            }
        }
        List<String> later = source.modifier() == null
                ? List.of()
                : LateIndexes.of(indexes, options, source::find, source.primaryKey(), source.modifier());
        indexes.stream().filter(index -> !later.contains(index)).forEach(parts::add);
        String sql = "CREATE TABLE " + Quoted.table(database, table) + " (\n  " + String.join(",\n  ", parts) + "\n) "
                + options;
        return new TableDefinition(sql.trim(), later, differences);
    }

    /** ADD COLUMN, of a table that may have rows. */
    static TableDefinition addition(Column column, TableSchema source, Dialect dialect) {
        List<String> differences = new ArrayList<>();
        ColumnDefinition definition = definition(column, source, dialect, differences);
        if (column.autoIncrement()) {
            differences.add(column.name() + " without AUTO_INCREMENT, since indexes are not added later");
            definition = definition.withoutAutoIncrement();
        }
        boolean hasNoImplicitDefault =
                column.kind() == ColumnKind.GEOMETRY || column.type().startsWith("vector");
        if (hasNoImplicitDefault && !column.nullable()) {
            differences.add(column.name() + " may be NULL, since the rows that are there have no value");
            definition = definition.nullable();
        }
        return new TableDefinition(
                "ADD COLUMN " + Quoted.name(column.name()) + " " + definition.text(), List.of(), differences);
    }

    /** What stands behind the column's name. */
    static ColumnDefinition definition(Column column, TableSchema source, Dialect dialect, List<String> differences) {
        ColumnDefinition definition = ColumnDefinition.of(column.definition());
        if (column.isGenerated() && !isKnown(definition.generatedExpression(), source, dialect)) {
            differences.add(
                    column.name() + " is a column that rows fill, since its expression cannot be computed here: "
                            + definition.generatedExpression());
            definition = definition.plain();
        }
        if (column.isGenerated() && source.keyColumns().contains(column)) {
            differences.add(column.name() + " is a column that rows fill, since it belongs to the key");
            definition = definition.plain();
        }
        if (!isKnown(definition.defaultExpression(), source, dialect)) {
            differences.add(column.name() + " without its default, which cannot be computed here: "
                    + definition.defaultExpression());
            definition = definition.withoutDefault();
        }
        if (!isKnown(definition.check(), source, dialect)) {
            differences.add(column.name() + " without its check, which cannot be computed here: " + definition.check());
            definition = definition.withoutCheck();
        }
        return dialect.column(column, definition, differences);
    }

    private static boolean isKnown(String expression, TableSchema source, Dialect dialect) {
        boolean isSystemTime = expression.equals("ROW");
        return !isSystemTime
                && dialect.knows(expression)
                && Tokens.names(expression).stream()
                        .allMatch(name -> source.find(name).isPresent());
    }

    private static String options(TableSchema source, Dialect dialect, List<String> differences) {
        Tokens options = Tokens.of(source.options());
        for (String place : List.of("DATA", "INDEX")) {
            options = without(options, differences, 3, place, "DIRECTORY=");
        }
        options = without(options, differences, 3, "WITH", "SYSTEM", "VERSIONING");
        for (int at = options.list().size() - 1; at >= 0; at--) {
            Tokens.Token token = options.list().get(at);
            boolean isPartitioning = token.is("PARTITION") || token.text().contains(" PARTITION BY ");
            if (isPartitioning
                    && !namesTravellingColumns(
                            options.between(at, options.list().size()), source)) {
                differences.add("left out, since they name columns that do not travel: partitions");
                options = options.without(at, options.list().size());
            } else if (token.isComment() && token.text().contains(" TABLESPACE ")) {
                differences.add("left out: " + token.text());
                options = options.without(at, at + 1);
            }
        }
        return dialect.options(options, differences).text();
    }

    private static Tokens without(Tokens options, List<String> differences, int tokens, String... words) {
        int at = options.find(words);
        if (at < 0) {
            return options;
        }
        differences.add("left out: " + options.between(at, at + tokens));
        return options.without(at, at + tokens);
    }

    private static boolean namesTravellingColumns(String partitions, TableSchema source) {
        int definitions = partitions.indexOf("\n(");
        String head = definitions < 0 ? partitions : partitions.substring(0, definitions);
        Stream<String> listed = PARTITION_COLUMNS
                .matcher(head)
                .results()
                .flatMap(found -> Arrays.stream(found.group(1).split(",")))
                .map(name -> name.trim().replaceAll("^`|`$", "").replace("``", "`"));
        return Stream.concat(listed, Tokens.names(head).stream())
                .allMatch(name -> name.isEmpty() || source.find(name).isPresent());
    }

    private static boolean beginsWith(String index, Column column) {
        int open = index.indexOf("(`");
        List<String> names = open < 0 ? List.of() : Tokens.names(index.substring(open));
        return !names.isEmpty() && TableSchema.sameName(names.get(0), column.name());
    }

    /** Names within parentheses are columns; an index's or a check's own stands before them, a parser's behind. */
    private static boolean speaksOfTravellingColumns(String index, TableSchema source) {
        Matcher token = TOKEN.matcher(index);
        int depth = 0;
        while (token.find()) {
            String name = token.group(1);
            if (name == null) {
                depth += token.group().equals("(") ? 1 : token.group().equals(")") ? -1 : 0;
            } else if (depth > 0 && source.find(name.replace("``", "`")).isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
