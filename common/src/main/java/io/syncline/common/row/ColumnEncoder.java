package io.syncline.common.row;

import com.mysql.cj.result.Row;
import io.syncline.common.model.Column;
import org.jspecify.annotations.Nullable;

/**
 * Writes one column of the row at hand as Avro; a kind of column overrides what its values come as. Belongs to the
 * thread that reads the table.
 */
abstract class ColumnEncoder extends StrictValueFactory<Void> {

    private final String name;
    private final boolean nullable;
    /** The position of the plain type in the column's union, negative where there is no union. */
    private final int branch;

    final AvroBuffer out;

    ColumnEncoder(Column column, AvroBuffer out) {
        this.name = column.name();
        this.nullable = column.nullable();
        this.branch = nullable ? 1 : RowSchema.hasOtherBranch(column) ? 0 : -1;
        this.out = out;
    }

    /** @param index position of the column in the SELECT, from 0 */
    void encode(Row row, int index) {
        row.getValue(index, this);
    }

    final void beginValue() {
        if (branch >= 0) {
            out.writeLong(branch);
        }
    }

    /** Begins what stands for a value beyond the plain type. */
    final void beginOther() {
        out.writeLong(branch + 1L);
    }

    @Override
    final String column() {
        return name;
    }

    @Override
    public final @Nullable Void createFromNull() {
        if (!nullable) {
            throw new StructureChangedException("column " + name + " holds NULL, which it was not declared to");
        }
        out.writeLong(0);
        return null;
    }
}
