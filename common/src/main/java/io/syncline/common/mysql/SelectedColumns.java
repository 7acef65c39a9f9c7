package io.syncline.common.mysql;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableSchema;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is selected of a row to be encoded, as {@link io.syncline.common.row.RowEncoder} expects it: every column, then weights
 * of the key, then the types within JSON.
 */
public final class SelectedColumns {

    private SelectedColumns() {}

    /**
     * What is selected.
     *
     * @param row what the row goes by in the FROM clause, quoted
     * @param knowsTypes whether a JSON column's server knows more types within JSON than the text tells
     */
    public static String of(TableSchema table, String row, Predicate<Column> knowsTypes) {
        Stream<String> weights =
                table.keyColumns().stream().filter(Column::comparesByWeight).map(SelectedColumns::weight);
        Stream<String> jsonTypes = table.columns().stream()
                .filter(column -> column.kind() == ColumnKind.TYPED_JSON)
                .map(column -> knowsTypes.test(column) ? JsonTypes.of(row + "." + Quoted.name(column.name())) : "''");
        return Stream.of(table.columns().stream().map(SelectedColumns::value), weights, jsonTypes)
                .flatMap(each -> each)
                .collect(Collectors.joining(", "));
    }

    private static String value(Column column) {
        String name = Quoted.name(column.name());
        if (column.hasEmptyMember()) {
            return "CONCAT(CAST(" + name + " AS UNSIGNED), ' ', " + name + ")";
        }
        if (column.hasCharactersBeyondUnicode()) {
            // what would be longer than max_allowed_packet is NULL with a mere warning
            return "IFNULL(CONCAT(IF(" + isInUnicode(column) + ", '=', '#'), IF(" + isInUnicode(column)
                    + ", CAST(CONVERT(" + name + " USING utf8mb4) AS BINARY), CAST(" + name + " AS BINARY))), IF("
                    + name + " IS NULL, NULL, '!'))";
        }
        // the driver knows no vectors in the binary protocol
        return column.type().startsWith("vector") ? "CAST(" + name + " AS BINARY)" : name;
    }

    /** Whether the text comes back from Unicode as it was: from UTF-16, which alone has no half of a surrogate pair. */
    private static String isInUnicode(Column column) {
        String name = Quoted.name(column.name());
        return "CAST(CONVERT(CONVERT(" + name + " USING utf16) USING " + column.charset() + ") AS BINARY) <=> CAST("
                + name + " AS BINARY)";
    }

    /** The same for all values that the server takes for one. */
    private static String weight(Column column) {
        String name = Quoted.name(column.name());
        if (column.kind() != ColumnKind.TEXT) {
            return "ABS(" + name + ")";
        }
        return "WEIGHT_STRING(" + (seesTrailingSpaces(column) ? name : "TRIM(TRAILING ' ' FROM " + name + ")") + ")";
    }

    /** The collations that both servers call NO PAD. */
    private static boolean seesTrailingSpaces(Column column) {
        String collation = String.valueOf(column.collation());
        return collation.contains("_0900_") || collation.contains("_nopad_");
    }
}
