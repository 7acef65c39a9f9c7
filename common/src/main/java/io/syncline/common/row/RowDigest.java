package io.syncline.common.row;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The first 128 bits of a SHA-256. Digests of rows add up (in each half, modulo 2^64) to the digest of a set of rows,
 * in which their order does not count.
 */
public record RowDigest(long high, long low) {

    public static final RowDigest ZERO = new RowDigest(0, 0);

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(RowDigest::sha256);

    public static RowDigest of(byte[] bytes, int offset, int length) {
        MessageDigest digest = SHA_256.get();
        digest.update(bytes, offset, length);
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new RowDigest(hash.getLong(), hash.getLong());
    }

    public static RowDigest fromBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new RowDigest(buffer.getLong(), buffer.getLong());
    }

    public RowDigest plus(RowDigest other) {
        return new RowDigest(high + other.high, low + other.low);
    }

    /** 16 bytes, big-endian. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
