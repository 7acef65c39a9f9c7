package io.syncline.loader.write;

import java.io.ByteArrayOutputStream;

/** Bytes that are copied once, into what is sent, and of which the last ones can be taken back. Not thread-safe. */
final class LineBuffer extends ByteArrayOutputStream {

    LineBuffer(int size) {
        super(size);
    }

    void truncate(int size) {
        count = size;
    }

    void copy(int from, byte[] into, int offset, int length) {
        System.arraycopy(buf, from, into, offset, length);
    }
}
