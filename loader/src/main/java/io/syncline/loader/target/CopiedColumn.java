package io.syncline.loader.target;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.mysql.Quoted;

/**
 * A column's value as SQL has to name it where it is copied within the target. Servers copy a SET by its members' names, of
 * which the empty one is lost, so one that has it is copied by its number.
 */
public final class CopiedColumn {

    private CopiedColumn() {}

    /** The column of a table's alias. */
    public static String from(String alias, Column column) {
        return exact(column, alias + "." + Quoted.name(column.name()));
    }

    /** The value that the row would have been inserted with, for ON DUPLICATE KEY UPDATE. */
    public static String assignment(Column column) {
        String name = Quoted.name(column.name());
        return name + " = " + exact(column, "VALUES(" + name + ")");
    }

    private static String exact(Column column, String value) {
        boolean losesNames = column.kind() == ColumnKind.SET && column.hasEmptyMember();
        return losesNames ? "CAST(" + value + " AS UNSIGNED)" : value;
    }
}
