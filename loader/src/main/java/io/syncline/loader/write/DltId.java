package io.syncline.loader.write;

import io.syncline.common.row.RowDigest;
import java.util.Arrays;
import java.util.Base64;

/** The value of {@code _dlt_id}: 96 bits of the key's digest, so that a row keeps it for ever. */
final class DltId {

    private static final int BYTES = 12;

    private DltId() {}

    static byte[] of(byte[] key) {
        byte[] digest = RowDigest.of(key, 0, key.length).toBytes();
        return Base64.getUrlEncoder().encode(Arrays.copyOf(digest, BYTES));
    }
}
