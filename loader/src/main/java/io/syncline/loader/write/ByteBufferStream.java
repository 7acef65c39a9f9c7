package io.syncline.loader.write;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;

/** Bytes that are written once and then read without being copied. Not thread-safe. */
final class ByteBufferStream extends ByteArrayOutputStream {

    ByteBufferStream() {
        super(64 * 1024);
    }

    InputStream read() {
        return new ByteArrayInputStream(buf, 0, count);
    }
}
