package io.syncline.common.row;

import com.mysql.cj.result.Row;
import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.LoadId;
import io.syncline.common.model.TableSchema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the rows of one load: Avro's single-object framing, the load id, the generation, the modifier, the columns.
 * The SELECT must name the schema's columns in the schema's order, those of {@link Column#hasEmptyMember} as number, space
 * and name, behind them the weights of the key's columns of {@link Column#comparesByWeight}, and behind these for each
 * column of JSON the numbers and types that {@link TypedJson#of} takes, empty for none. Belongs to the thread that reads
 * the table.
 */
public final class RowEncoder {

    private final byte[] head;
    private final ColumnEncoder[] encoders;
    private final int[] starts;
    private final int[] keyColumns;
    private final int modifierColumn;
    private final @Nullable ModifierOrder modifierOrder;
    private @Nullable Long modifier;
    private final AvroBuffer value = new AvroBuffer();
    private final AvroBuffer key = new AvroBuffer();
    private final KeyIdentity identity;

    /** @param generation the full refresh that the rows belong to, null for an incremental load */
    public RowEncoder(RowSchema schema, LoadId load, @Nullable Long generation) {
        List<Column> columns = schema.table().columns();
        this.encoders = encoders(schema.table());
        this.starts = new int[encoders.length + 1];
        this.keyColumns =
                schema.table().keyColumns().stream().mapToInt(columns::indexOf).toArray();
        String modifier = schema.table().modifier();
        this.modifierColumn =
                modifier == null ? -1 : columns.indexOf(schema.table().column(modifier));
        this.modifierOrder = modifierColumn < 0
                ? null
                : new ModifierOrder(columns.get(modifierColumn).kind());
        this.identity = new KeyIdentity(schema.table());
        this.head = head(schema, load, generation);
    }

    private ColumnEncoder[] encoders(TableSchema table) {
        int types = table.columns().size()
                + (int) table.keyColumns().stream()
                        .filter(Column::comparesByWeight)
                        .count();
        List<ColumnEncoder> made = new ArrayList<>();
        for (Column column : table.columns()) {
            made.add(ColumnEncoders.of(column, value, types));
            types += column.kind() == ColumnKind.TYPED_JSON ? 1 : 0;
        }
        return made.toArray(ColumnEncoder[]::new);
    }

    private static byte[] head(RowSchema schema, LoadId load, @Nullable Long generation) {
        AvroBuffer head = new AvroBuffer();
        head.writeRaw(frame(schema.fingerprint()), 0, SingleObject.FRAME);
        byte[] loadId = load.text().getBytes(StandardCharsets.UTF_8);
        head.writeBytes(loadId, 0, loadId.length);
        if (generation == null) {
            head.writeLong(0);
        } else {
            head.writeLong(1);
            head.writeLong(generation);
        }
        return head.toBytes();
    }

    private static byte[] frame(long fingerprint) {
        return ByteBuffer.allocate(SingleObject.FRAME)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(SingleObject.MARKER_0)
                .put(SingleObject.MARKER_1)
                .putLong(fingerprint)
                .array();
    }

    /** Encodes the driver's row at hand; what it holds is asked for with the other methods until the next call. */
    public void encode(Row row) {
        value.clear();
        value.writeRaw(head, 0, head.length);
        if (modifierOrder != null) {
            modifier = modifierOrder.read(row, modifierColumn);
            encoders[modifierColumn].encode(row, modifierColumn);
        }
        for (int i = 0; i < encoders.length; i++) {
            starts[i] = value.length();
            encoders[i].encode(row, i);
        }
        starts[encoders.length] = value.length();
        key.clear();
        for (int column : keyColumns) {
            key.copyFrom(value, starts[column], starts[column + 1]);
        }
        identity.read(row, value, starts);
    }

    /** The record's key: the key columns alone. */
    public byte[] key() {
        return key.toBytes();
    }

    /** The same bytes for the same row at the source, however its key is spelled: see {@link KeyIdentity}. */
    public byte[] identity() {
        return identity.toBytes();
    }

    /** The modifier in {@link ModifierOrder}, null where it is NULL or the table has none. */
    public @Nullable Long modifier() {
        return modifier;
    }

    /** The record's value, framed. */
    public byte[] value() {
        return value.toBytes();
    }

    /** The digest of the columns' values, the same whatever the load for the same values in versions that {@link RowSchema#readsLike}. */
    public RowDigest digest() {
        return RowDigest.of(value.array(), starts[0], starts[encoders.length] - starts[0]);
    }

    public RowDigest identityDigest() {
        return identity.digest();
    }
}
