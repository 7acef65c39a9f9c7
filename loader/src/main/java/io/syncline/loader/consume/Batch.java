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
        Map<ByteBuffer, RowEvent> newest = new LinkedHashMap<>();
        for (RowEvent event : events) {
            ByteBuffer key = ByteBuffer.wrap(event.key());
            newest.remove(key);
            newest.put(key, event);
        }
        List<RowEvent> rows = new ArrayList<>(newest.values());
        if (!keepsOrder) {
            rows.sort((one, other) -> BinaryData.compare(one.key(), 0, other.key(), 0, schema.key()));
        }
        return rows;
    }

    /** Whether a key is in both, which are in key order. */
    static boolean shareKeys(List<RowEvent> one, List<RowEvent> other, RowSchema schema) {
        int i = 0;
        int j = 0;
        while (i < one.size() && j < other.size()) {
            int order = BinaryData.compare(one.get(i).key(), 0, other.get(j).key(), 0, schema.key());
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
