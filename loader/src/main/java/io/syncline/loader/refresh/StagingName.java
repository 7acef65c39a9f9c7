package io.syncline.loader.refresh;

import io.syncline.common.row.RowDigest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Names of the tables of a refresh: short enough for any table's name, and different for every generation. */
final class StagingName {

    private StagingName() {}

    static String of(String table, long generation) {
        return prefix(table) + generation;
    }

    /** What the names of all generations of a table begin with; the generation follows. */
    static String prefix(String table) {
        return "_syncline_stage_" + digest(table) + "_";
    }

    /** The name by which a table that was swapped out is dropped. */
    static String old(String table) {
        return "_syncline_old_" + digest(table);
    }

    private static String digest(String table) {
        byte[] bytes = table.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of()
                .formatHex(RowDigest.of(bytes, 0, bytes.length).toBytes())
                .substring(0, 16);
    }
}
