package io.syncline.loader.write;

import io.syncline.common.row.RowDigest;
import java.nio.ByteBuffer;
import java.util.Base64;

/** Makes the values of {@code _dlt_id}: 96 bits of the key's digest, so that a row keeps its for ever. Not thread-safe. */
final class DltId {

    private static final int BYTES = 12;
    private static final int CHARACTERS = 16;

    private final ByteBuffer bits = ByteBuffer.allocate(BYTES);
    private final byte[] text = new byte[CHARACTERS];

    /** Its 16 characters, which the next call overwrites. */
    byte[] of(byte[] key) {
        RowDigest digest = RowDigest.of(key, 0, key.length);
        bits.putLong(0, digest.high()).putInt(Long.BYTES, (int) (digest.low() >>> Integer.SIZE));
        Base64.getUrlEncoder().encode(bits.array(), text);
        return text;
    }
}
