package io.syncline.loader.target;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableSchema;
import io.syncline.common.mysql.Quoted;
import io.syncline.common.mysql.TableDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A column of the target that could not hold what the source's may hold.
 *
 * @param reason for people
 * @param clause of an ALTER TABLE that mends it
 * @param isWidening whether the clause takes nothing from the target: what the column holds now it would still hold
 */
record Misfit(String reason, String clause, boolean isWidening) {

    /** All of a table's columns that rows of this structure would be written to and that could not hold them. */
    static List<Misfit> of(TableSchema source, TableDescription target, Dialect dialect) {
        List<Misfit> misfits = new ArrayList<>();
        for (Column column : source.columns()) {
            target.find(column.name())
                    .flatMap(there -> there.isGenerated()
                            ? ofComputed(column, there, source, target.server(), dialect)
                            : of(column, there, source, dialect))
                    .ifPresent(misfits::add);
        }
        return misfits;
    }

    /**
     * One that the target computes, so that rows cannot bring its value. Only servers of one version print the same expression
     * alike.
     */
    private static Optional<Misfit> ofComputed(
            Column source, Column target, TableSchema table, String server, Dialect dialect) {
        ColumnDefinition there = ColumnDefinition.of(target.definition());
        if (!source.isGenerated() || table.keyColumns().contains(source)) {
            ColumnDefinition plain = wished(source, target, table, dialect);
            return Optional.of(new Misfit(
                    target.name() + " is computed by the target, and rows bring its value",
                    there.isStored() ? modify(target, plain) : replace(target, plain),
                    false));
        }
        ColumnDefinition here = ColumnDefinition.of(source.definition());
        boolean differs =
                table.server().equals(server) && !here.generatedExpression().equals(there.generatedExpression());
        return differs
                ? Optional.of(new Misfit(
                        target.name() + " is computed as " + there.generatedExpression() + ", the source's as "
                                + here.generatedExpression(),
                        here.isStored() == there.isStored() ? modify(target, here) : replace(target, here),
                        here.isStored() == there.isStored()))
                : Optional.empty();
    }

    private static Optional<Misfit> of(Column source, Column target, TableSchema table, Dialect dialect) {
        boolean fits = ColumnType.of(target).holds(ColumnType.of(source));
        boolean takesNull = target.nullable() || !source.nullable();
        boolean isKey = table.keyColumns().contains(source);
        if (!fits || !takesNull) {
            ColumnDefinition definition =
                    fits ? ColumnDefinition.of(target.definition()) : wished(source, target, table, dialect);
            boolean nullable = target.nullable() || source.nullable();
            return Optional.of(new Misfit(
                    target.name() + " is " + described(target) + ", the source's is " + described(source),
                    modify(target, nullable && !isKey ? definition.nullable() : definition),
                    fits || ColumnType.of(source).holds(ColumnType.of(target))));
        }
        return isKey && isCoarser(target, source, dialect)
                ? Optional.of(new Misfit(
                        target.name() + " belongs to the key and is in the collation " + target.collation()
                                + ", which may take for equal what the source's, " + source.collation()
                                + ", tells apart",
                        modify(target, wished(source, target, table, dialect)),
                        false))
                : Optional.empty();
    }

    /** The source's definition, less what the target's column is not. */
    private static ColumnDefinition wished(Column source, Column target, TableSchema table, Dialect dialect) {
        ColumnDefinition definition = TableDefinition.definition(source, table, dialect, new ArrayList<>())
                .plain();
        boolean checked = !ColumnDefinition.of(target.definition()).check().isEmpty();
        ColumnDefinition known = checked ? definition : definition.withoutCheck();
        return target.autoIncrement() ? known : known.withoutAutoIncrement();
    }

    private static String described(Column column) {
        return column.type()
                + (column.charset() == null ? "" : " in " + column.charset())
                + (column.nullable() ? "" : " NOT NULL");
    }

    private static boolean isCoarser(Column target, Column source, Dialect dialect) {
        String there = target.collation();
        String here = source.collation();
        // members of an ENUM are compared by their numbers
        boolean texts = target.kind() == ColumnKind.TEXT && source.kind() == ColumnKind.TEXT;
        return texts
                && there != null
                && here != null
                && !there.equals(dialect.collation(here))
                && !KeyCollation.of(there).isAsFineAs(KeyCollation.of(here));
    }

    /** Where servers do not change how a column is computed. */
    private static String replace(Column target, ColumnDefinition definition) {
        String name = Quoted.name(target.name());
        return "DROP COLUMN " + name + ", ADD COLUMN " + name + " " + definition.text();
    }

    private static String modify(Column target, ColumnDefinition definition) {
        return "MODIFY COLUMN " + Quoted.name(target.name()) + " " + definition.text();
    }
}
