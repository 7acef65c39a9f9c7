package io.syncline.loader.write;

import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * Bytes that are written one after the other and copied once, into what is sent; the last ones can be taken back. Not thread-safe:
 * the locks of a {@link java.io.ByteArrayOutputStream} would cost more than the writing, which is done field by field.
 */
final class LineBuffer {

    /** As much as one array can have in any JVM. */
    private static final int MOST = Integer.MAX_VALUE - 8;

    private byte[] bytes;
    private int size;

    LineBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    void write(int octet) {
        require(1);
        bytes[size++] = (byte) octet;
    }

    void write(byte[] from, int offset, int length) {
        require(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    /** A row of any size has a place. */
    private void require(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, (int) Math.max((long) size + more, Math.min(2 * (long) bytes.length, MOST)));
        }
    }

    int size() {
        return size;
    }

    void truncate(int length) {
        size = length;
    }

    void copy(int from, byte[] into, int offset, int length) {
        System.arraycopy(bytes, from, into, offset, length);
    }

    String toString(Charset charset) {
        return new String(bytes, 0, size, charset);
    }
}
