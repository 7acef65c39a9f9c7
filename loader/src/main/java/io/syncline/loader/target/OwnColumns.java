package io.syncline.loader.target;

import io.syncline.common.model.TableSchema;
import java.util.Map;

/** The columns that Syncline, as dlt before it, adds to target tables; a source that has one of them keeps its own. */
public final class OwnColumns {

    public static final String LOAD_ID = "_dlt_load_id";
    public static final String ID = "_dlt_id";

    private static final Map<String, String> DEFINITIONS =
            Map.of(LOAD_ID, "text NOT NULL", ID, "varchar(128) NOT NULL");

    private OwnColumns() {}

    static String definition(String column) {
        return DEFINITIONS.getOrDefault(column, "");
    }

    /** @param options of the table, whose engine may have no TEXT */
    static String definition(String column, String options) {
        String definition = definition(column);
        return options.contains("ENGINE=MEMORY") ? definition.replace("text", "varchar(64)") : definition;
    }

    /** Whether this column of the target is ours to fill. */
    public static boolean isOurs(String column, TableSchema source) {
        boolean named = TableSchema.sameName(column, LOAD_ID) || TableSchema.sameName(column, ID);
        return named && source.find(column).isEmpty();
    }
}
