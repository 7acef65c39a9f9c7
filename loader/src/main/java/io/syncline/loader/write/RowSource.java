package io.syncline.loader.write;

import io.syncline.common.row.RowDecoder;
import io.syncline.common.row.RowHead;
import io.syncline.common.row.ValueSink;
import io.syncline.loader.target.OwnColumns;
import io.syncline.loader.target.TargetTable;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Hands a row's values to a sink in the order of the target's columns: the row's own, then ours. Not thread-safe. */
final class RowSource {

    private final RowDecoder decoder;
    private final boolean[] written;
    private final List<String> own;
    private final DltId id = new DltId();
    private String load = "";
    private byte[] loadBytes = new byte[0];

    RowSource(TargetTable table) {
        this.decoder = table.holdsTypedJson() ? new RowDecoder(table.schema()) : RowDecoder.ofTexts(table.schema());
        this.written = table.writtenFlags();
        this.own = table.ownColumns();
    }

    void values(RowEvent row, ValueSink sink) {
        RowHead head = decoder.begin(row.value());
        decoder.columns(written, sink);
        for (String column : own) {
            byte[] value = column.equals(OwnColumns.ID) ? id.of(row.key()) : bytes(head.loadId());
            sink.text(value, 0, value.length);
        }
    }

    private byte[] bytes(String loadId) {
        if (!loadId.equals(load)) {
            load = loadId;
            loadBytes = loadId.getBytes(StandardCharsets.US_ASCII);
        }
        return loadBytes;
    }
}
