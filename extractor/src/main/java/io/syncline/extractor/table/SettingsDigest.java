package io.syncline.extractor.table;

import io.syncline.common.config.NullModifier;
import io.syncline.common.config.TableSettings;
import io.syncline.common.row.RowDigest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Tells whether the settings that decide which rows travel are those under which a table was copied. */
final class SettingsDigest {

    private SettingsDigest() {}

    static String of(TableSettings settings) {
        boolean leavesNullOut = settings.nullModifier() == NullModifier.SKIP;
        String text = String.join(
                "\n",
                String.join("\t", settings.primaryKey()),
                settings.modifier().orElse(""),
                settings.initialValue().orElse(""),
                settings.where().orElse(""),
                Boolean.toString(leavesNullOut));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(RowDigest.of(bytes, 0, bytes.length).toBytes());
    }
}
