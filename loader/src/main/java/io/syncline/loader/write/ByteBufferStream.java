package io.syncline.loader.write;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;

/** Bytes that are written once and then read without being copied. Not thread-safe. */
final class ByteBufferStream extends ByteArrayOutputStream {

    /** @param expected bytes, so that the buffer need not grow by copies */
    ByteBufferStream(long expected) {
        super((int) Math.min(1 << 30, expected + expected / 8 + 4096));
    }

    InputStream read() {
        return new ByteArrayInputStream(buf, 0, count);
    }
}
