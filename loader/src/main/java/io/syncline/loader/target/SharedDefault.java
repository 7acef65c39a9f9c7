package io.syncline.loader.target;

import io.syncline.common.model.Column;
import io.syncline.common.model.TableSchema;
import io.syncline.common.mysql.Quoted;
import io.syncline.common.mysql.TableDescription;
import io.syncline.common.mysql.UniqueIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A column that only the target has, such as one that the source has dropped, and whose default would be in the way of new rows:
 * they would meet each other in a unique index, or break a check. It may be NULL from then on, which does neither.
 */
final class SharedDefault {

    private static final Pattern EXPRESSION = Pattern.compile("\\bDEFAULT \\(|\\bDEFAULT \\w+\\(");

    private SharedDefault() {}

    /**
     * The clauses of an ALTER TABLE that take such defaults away.
     *
     * @throws UnfitTargetException where a primary key is concerned, of which nothing may be NULL
     */
    static List<String> clauses(TableSchema source, TableDescription target, String quotedTable) {
        List<String> clauses = new ArrayList<>();
        for (Column column : target.columns()) {
            if (isFilledByDefault(column, source)) {
                boolean inPrimaryKey = false;
                boolean inTheWay = column.mustBeGiven() && isChecked(column, target);
                for (UniqueIndex index : target.uniqueIndexes()) {
                    boolean concerned =
                            index.columns().stream().anyMatch(part -> TableSchema.sameName(part, column.name()));
                    if (concerned && !holdsKey(index, source)) {
                        inTheWay = true;
                        inPrimaryKey |= index.name().equals("PRIMARY");
                    }
                }
                if (inPrimaryKey) {
                    throw new UnfitTargetException("new rows would all have one value in " + column.name()
                            + ", which the source does not have and which is in the primary key; ALTER TABLE "
                            + quotedTable
                            + " DROP PRIMARY KEY");
                } else if (inTheWay) {
                    clauses.add("MODIFY COLUMN " + Quoted.name(column.name()) + " "
                            + ColumnDefinition.of(column.definition())
                                    .withoutDefault()
                                    .nullable()
                                    .text());
                }
            }
        }
        return clauses;
    }

    private static boolean isFilledByDefault(Column column, TableSchema source) {
        return source.find(column.name()).isEmpty()
                && !OwnColumns.isOurs(column.name(), source)
                && !column.isGenerated()
                && !column.autoIncrement()
                && !column.isNullByDefault()
                // one that a function gives is each row's own
                && !EXPRESSION.matcher(column.definition()).find();
    }

    /** Rows that differ in their key differ in an index that has all of it. */
    private static boolean holdsKey(UniqueIndex index, TableSchema source) {
        return index.whole()
                && source.primaryKey().stream()
                        .allMatch(part ->
                                index.columns().stream().anyMatch(column -> TableSchema.sameName(column, part)));
    }

    private static boolean isChecked(Column column, TableDescription target) {
        return !ColumnDefinition.of(column.definition()).check().isEmpty()
                || target.statement().indexes().stream()
                        .filter(index -> Tokens.of(index).has("CHECK"))
                        .anyMatch(check -> Tokens.names(check.substring(check.indexOf("CHECK")))
                                .contains(column.name()));
    }
}
