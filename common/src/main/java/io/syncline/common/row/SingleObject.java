package io.syncline.common.row;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/** Avro's single-object encoding: two marker bytes, then the schema's CRC-64-AVRO fingerprint, little-endian. */
public final class SingleObject {

    static final byte MARKER_0 = (byte) 0xC3;
    static final byte MARKER_1 = 0x01;
    /** Bytes before the record. */
    public static final int FRAME = 10;

    private SingleObject() {}

    /** The fingerprint that a record's value carries; empty where the bytes are not framed so. */
    public static OptionalLong fingerprint(byte[] bytes) {
        if (bytes.length < FRAME || bytes[0] != MARKER_0 || bytes[1] != MARKER_1) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2));
    }
}
