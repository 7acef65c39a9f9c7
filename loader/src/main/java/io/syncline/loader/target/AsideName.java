package io.syncline.loader.target;

import io.syncline.common.row.RowDigest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Names of the tables for rows that are set aside because of a unique value. */
public final class AsideName {

    private AsideName() {}

    /** The table for rows set aside from a table of this name. */
    public static String of(String table) {
        byte[] bytes = table.getBytes(StandardCharsets.UTF_8);
        String digest =
                HexFormat.of().formatHex(RowDigest.of(bytes, 0, bytes.length).toBytes());
        return "_syncline_aside_" + digest.substring(0, 16);
    }

    /** Its name while it is being made. */
    public static String making(String table) {
        return of(table) + "_new";
    }
}
