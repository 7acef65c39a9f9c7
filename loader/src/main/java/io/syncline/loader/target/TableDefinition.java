package io.syncline.loader.target;

import io.syncline.common.model.Column;
import io.syncline.common.model.TableSchema;
import io.syncline.common.mysql.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements that give the target a table or a column as the source declares it: the source's own words, less what
 * speaks of columns that do not travel, less foreign keys. Stateless.
 */
final class TableDefinition {

    /** A string, a name, or a parenthesis that is in neither. */
    private static final Pattern TOKEN =
            Pattern.compile("'(?:[^'\\\\]++|\\\\.|'')*+'|`((?:[^`]++|``)*+)`|[()]", Pattern.DOTALL);

    private TableDefinition() {}

    static String create(String database, String table, TableSchema source, Dialect dialect) {
        List<String> parts = new ArrayList<>();
        source.columns().forEach(column -> parts.add(column(column, dialect)));
        for (String own : List.of(OwnColumns.LOAD_ID, OwnColumns.ID)) {
            if (source.find(own).isEmpty()) {
                parts.add(Quoted.name(own) + " " + OwnColumns.definition(own));
            }
        }
        source.indexes().stream()
                .filter(index -> speaksOfTravellingColumns(index, source))
                .map(dialect::translate)
                .forEach(parts::add);
        return "CREATE TABLE " + Quoted.table(database, table) + " (\n  " + String.join(",\n  ", parts) + "\n) "
                + dialect.translate(source.options());
    }

    static String column(Column column, Dialect dialect) {
        return Quoted.name(column.name()) + " " + dialect.translate(column.definition());
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
