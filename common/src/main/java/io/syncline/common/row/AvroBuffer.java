package io.syncline.common.row;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Bytes in Avro's binary encoding, growing as they are written; reused from row to row so that a value costs no object.
 * The rules are those of "Binary encoding" in the Avro specification. Not thread-safe.
 */
final class AvroBuffer {

    private byte[] bytes = new byte[1024];
    private int length;

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    /** The buffer itself, of which {@link #length} bytes count, until the next write. */
    byte[] array() {
        return bytes;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    void writeByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    /** Avro's int and long: zig-zag, then seven bits a byte, the lowest first. */
    void writeLong(long value) {
        reserve(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void writeFloat(float value) {
        writeFixed(Float.floatToRawIntBits(value), 4);
    }

    void writeDouble(double value) {
        writeFixed(Double.doubleToRawLongBits(value), 8);
    }

    private void writeFixed(long bits, int size) {
        reserve(size);
        for (int shift = 0; shift < size * 8; shift += 8) {
            bytes[length++] = (byte) (bits >>> shift);
        }
    }

    /** Avro's bytes and string: the length, then the bytes. */
    void writeBytes(byte[] source, int offset, int count) {
        writeLong(count);
        writeRaw(source, offset, count);
    }

    void writeRaw(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /** Appends what another buffer holds between two of its positions. */
    void copyFrom(AvroBuffer other, int from, int to) {
        writeRaw(other.bytes, from, to - from);
    }

    /** An Avro decimal of the least bytes: big-endian two's complement of the unscaled value. */
    void writeUnscaled(long unscaled) {
        int size = (64 - Long.numberOfLeadingZeros(unscaled < 0 ? ~unscaled : unscaled)) / 8 + 1;
        writeLong(size);
        reserve(size);
        for (int shift = (size - 1) * 8; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (unscaled >> shift);
        }
    }

    /** The unscaled value of the decimal that begins here. A decimal of MySQL's has less than 64 bytes, and its length one. */
    BigInteger unscaledAt(int at) {
        return new BigInteger(bytes, at + 1, bytes[at] >> 1);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(
                    bytes, Math.max(Math.addExact(length, more), (int) Math.min(bytes.length * 2L, 1 << 30)));
        }
    }
}
