package io.syncline.loader.consume;

import io.syncline.common.row.RowSchema;
import io.syncline.loader.write.RowEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.BinaryData;

/** Reduces events to the last version of each key, in key order. */
final class Batch {

    private Batch() {}

    /**
     * The newest event of each key.
     *
     * @param keepsOrder whether rows stay in the order of their last events, because the target compares keys by a
     *     collation under which two different ones may be the same row
     */
    static List<RowEvent> of(Collection<RowEvent> events, RowSchema schema, boolean keepsOrder) {
        return keepsOrder ? inOrder(events) : byKey(events, schema);
    }

    private static List<RowEvent> inOrder(Collection<RowEvent> events) {
        Map<ByteBuffer, RowEvent> newest = new LinkedHashMap<>();
        for (RowEvent event : events) {
            ByteBuffer key = ByteBuffer.wrap(event.key());
            newest.remove(key);
            newest.put(key, event);
        }
        return new ArrayList<>(newest.values());
    }

    private static List<RowEvent> byKey(Collection<RowEvent> events, RowSchema schema) {
        List<RowEvent> sorted = new ArrayList<>(events);
        // stable: versions of one key stay in their order
        sorted.sort((one, other) -> compare(one, other, schema));
        List<RowEvent> rows = new ArrayList<>(sorted.size());
        for (RowEvent row : sorted) {
            int last = rows.size() - 1;
            if (last >= 0 && compare(rows.get(last), row, schema) == 0) {
                rows.set(last, row);
            } else {
                rows.add(row);
            }
        }
        return rows;
    }

    private static int compare(RowEvent one, RowEvent other, RowSchema schema) {
        return BinaryData.compare(one.key(), 0, other.key(), 0, schema.key());
    }

    /** Whether a key is in both, which are in key order. */
    static boolean shareKeys(List<RowEvent> one, List<RowEvent> other, RowSchema schema) {
        int i = 0;
        int j = 0;
        while (i < one.size() && j < other.size()) {
            int order = compare(one.get(i), other.get(j), schema);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                i++;
            } else {
                j++;
            }
        }
        return false;
    }
}
