package io.syncline.extractor.table;

import io.syncline.common.row.RowDigest;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers, by key and digest, the published rows that the next pass will read again because they are not below the
 * watermark, so that reading them again publishes nothing twice. Holds {@link #MOST} rows; beyond them rows are published
 * again on every pass until the watermark passes them, which the loader's upserts bear. Belongs to one table's thread.
 */
final class RecentRows {

    static final int MOST = 200_000;
    /** How many travel with the watermark, for the pass after a restart. */
    static final int MOST_PERSISTED = 2_000;

    private static final int ENTRY = 8 + 16 + 16;

    private record Published(long modifier, RowDigest row) {}

    /** In the order in which they were published. */
    private final Map<RowDigest, Published> rows = new LinkedHashMap<>();

    static RecentRows of(byte[] bytes) {
        RecentRows recent = new RecentRows();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.remaining() >= ENTRY) {
            long modifier = buffer.getLong();
            RowDigest key = new RowDigest(buffer.getLong(), buffer.getLong());
            recent.add(modifier, key, new RowDigest(buffer.getLong(), buffer.getLong()));
        }
        return recent;
    }

    boolean contains(RowDigest key, RowDigest row) {
        Published published = rows.get(key);
        return published != null && published.row().equals(row);
    }

    void add(long modifier, RowDigest key, RowDigest row) {
        boolean isKnown = rows.remove(key) != null;
        if (isKnown || rows.size() < MOST) {
            rows.put(key, new Published(modifier, row));
        }
    }

    /** Forgets a row of which another version was published. */
    void forget(RowDigest key) {
        rows.remove(key);
    }

    /** Forgets rows below the watermark, which no pass reads again. */
    void forgetBelow(long watermark) {
        rows.values().removeIf(published -> published.modifier() < watermark);
    }

    /** Whether there may be published rows that it could not take. */
    boolean isFull() {
        return rows.size() >= MOST;
    }

    int size() {
        return rows.size();
    }

    /** Those that were published last, {@link #MOST_PERSISTED} at most. */
    byte[] toBytes() {
        int older = Math.max(0, rows.size() - MOST_PERSISTED);
        ByteBuffer buffer = ByteBuffer.allocate((rows.size() - older) * ENTRY);
        rows.entrySet().stream()
                .skip(older)
                .forEach(entry -> buffer.putLong(entry.getValue().modifier())
                        .put(entry.getKey().toBytes())
                        .put(entry.getValue().row().toBytes()));
        return buffer.array();
    }
}
