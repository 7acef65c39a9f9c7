package io.syncline.common.row;

import com.mysql.cj.result.Row;
import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableSchema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a key is at the source beside its spelling: bytes that are the same for two versions of one row, though the letters
 * of its key have changed their case, or its column the width, sign or scale. Texts stand for the weights of their
 * collation, 0 and -0.0 for one number, whole numbers and decimals for their value, everything else for its Avro form. Two
 * rows may share an identity; a row has one. Belongs to the thread that reads the table.
 */
final class KeyIdentity {

    private final List<Column> columns;
    private final int[] positions;
    private final int firstWeight;
    private final AvroBuffer out = new AvroBuffer();

    KeyIdentity(TableSchema table) {
        this.columns = table.keyColumns();
        this.positions = columns.stream().mapToInt(table.columns()::indexOf).toArray();
        this.firstWeight = table.columns().size();
    }

    /** @param starts where each column's Avro form begins in {@code values} */
    void read(Row row, AvroBuffer values, int[] starts) {
        out.clear();
        int weight = firstWeight;
        for (int i = 0; i < positions.length; i++) {
            Column column = columns.get(i);
            if (column.comparesByWeight()) {
                byte[] bytes = row.getBytes(weight++);
                out.writeBytes(bytes == null ? new byte[0] : bytes, 0, bytes == null ? 0 : bytes.length);
            } else if (!column.nullable()
                    && (column.kind() == ColumnKind.UNSIGNED_LONG || column.kind() == ColumnKind.DECIMAL)) {
                number(new BigDecimal(values.unscaledAt(starts[positions[i]]), column.scale()));
            } else {
                out.copyFrom(values, starts[positions[i]], starts[positions[i] + 1]);
            }
        }
    }

    /** As an INT or BIGINT of the same value would be, where one can hold it. */
    private void number(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        if (plain.scale() <= 0 && plain.toBigInteger().bitLength() < Long.SIZE) {
            out.writeLong(plain.longValueExact());
        } else {
            byte[] digits = plain.toPlainString().getBytes(StandardCharsets.US_ASCII);
            out.writeBytes(digits, 0, digits.length);
        }
    }

    byte[] toBytes() {
        return out.toBytes();
    }

    RowDigest digest() {
        return RowDigest.of(out.array(), 0, out.length());
    }
}
