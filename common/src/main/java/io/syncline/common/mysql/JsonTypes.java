package io.syncline.common.mysql;

/**
 * The expression by which MySQL tells which values of a JSON document have types that its text does not tell, as
 * {@link io.syncline.common.row.TypedJson} takes it: numbers and types, or the empty text for the ordinary document.
 * {@code JSON_TABLE} counts the values; where they are is found in the text, for a list of their paths in SQL would cost
 * the server ten times as much.
 */
final class JsonTypes {

    private static final String UNTOLD =
            " IN ('DECIMAL', 'DATE', 'TIME', 'DATETIME', 'TIMESTAMP', 'BLOB', 'BIT', 'OPAQUE')";

    private JsonTypes() {}

    /** @param column with its table's name, for the names within might be its own */
    static String of(String column) {
        String type = "JSON_TYPE(" + column + ")";
        // an aggregate that was cut at max_allowed_packet would make the whole of it NULL
        return "CONCAT_WS('', IF(" + type + UNTOLD + ", JSON_OBJECT(0, " + type + "), NULL), "
                + counted(column, "$**.*", "n") + ", " + counted(column, "$**[*]", "-n") + ")";
    }

    private static String counted(String column, String path, String number) {
        return "(SELECT JSON_OBJECTAGG(" + number + ", JSON_TYPE(v)) FROM JSON_TABLE(" + column + ", '" + path
                + "' COLUMNS (n FOR ORDINALITY, v JSON PATH '$')) t WHERE JSON_TYPE(v)" + UNTOLD + ")";
    }
}
