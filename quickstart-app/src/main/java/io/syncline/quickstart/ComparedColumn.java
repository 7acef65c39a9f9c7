package io.syncline.quickstart;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A column of the source, with the SQL expressions that show it without any loss and without the driver's conversions, which would
 * round, shift or refuse some values.
 */
record ComparedColumn(String name, String dataType) {
    private static final Set<String> BYTES = Set.of(
            "binary",
            "varbinary",
            "tinyblob",
            "blob",
            "mediumblob",
            "longblob",
            "bit",
            "vector",
            "geometry",
            "point",
            "linestring",
            "polygon",
            "multipoint",
            "multilinestring",
            "multipolygon",
            "geometrycollection",
            "geomcollection");
    private static final Set<String> NUMBERS =
            Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "float", "double", "year");

    static List<ComparedColumn> of(Connection connection, String table) throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT column_name, data_type FROM information_schema.columns
                WHERE table_schema = DATABASE() AND table_name = ? AND column_name NOT LIKE '\\_dlt\\_%'
                ORDER BY ordinal_position
                """)) {
            query.setString(1, table);
            var columns = new ArrayList<ComparedColumn>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    columns.add(new ComparedColumn(
                            rows.getString(1), rows.getString(2).toLowerCase(Locale.ROOT)));
                }
            }
            return columns;
        }
    }

    boolean isNumber() {
        return NUMBERS.contains(dataType);
    }

    /** Every distinct value as a distinct text. */
    String valueExpression() {
        if (BYTES.contains(dataType)) {
            return "HEX(" + quoted() + ")";
        }
        // a FLOAT's text shows six digits; as a DOUBLE it shows all
        return dataType.equals("float")
                ? "CAST(CAST(" + quoted() + " AS DOUBLE) AS CHAR)"
                : "CAST(" + quoted() + " AS CHAR)";
    }

    /** Orders rows alike on both sides whatever their collations: numbers by their value, everything else by its bytes. */
    String orderExpression() {
        return isNumber() ? quoted() : "HEX(" + valueExpression() + ")";
    }

    private String quoted() {
        return "`" + name.replace("`", "``") + "`";
    }
}
