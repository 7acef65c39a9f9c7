package io.syncline.loader.target;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.mysql.CreateTable;
import io.syncline.common.mysql.TableDescription;
import io.syncline.common.mysql.UniqueIndex;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.SampleColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds target tables for tests, beginning with what the loader itself would create. Not thread-safe. */
public final class SampleTarget {

    private final RowSchema schema;
    private final List<Column> columns;
    private final List<UniqueIndex> uniqueIndexes = new ArrayList<>();
    private boolean isBare = true;
    private String engine = "InnoDB";

    private SampleTarget(RowSchema schema) {
        this.schema = schema;
        this.columns = new ArrayList<>(schema.table().columns());
        this.uniqueIndexes.add(new UniqueIndex("PRIMARY", schema.table().primaryKey(), false, true));
        add(SampleColumn.of(OwnColumns.LOAD_ID, ColumnKind.TEXT));
        add(SampleColumn.of(OwnColumns.ID, ColumnKind.TEXT));
    }

    /** The table with all of the source's columns, in bytes its own, and ours. */
    public static SampleTarget like(RowSchema schema) {
        return new SampleTarget(schema);
    }

    /** A column that the source need not have; one of the source's name stands for that at the target. */
    public SampleTarget add(SampleColumn column) {
        Column made = column.at(columns.size() + 1);
        columns.removeIf(known -> known.name().equals(made.name()));
        columns.add(made);
        return this;
    }

    public SampleTarget without(String column) {
        columns.removeIf(known -> known.name().equals(column));
        return this;
    }

    public SampleTarget unique(String name, String... of) {
        uniqueIndexes.add(new UniqueIndex(name, List.of(of), true, true));
        return this;
    }

    /** Triggers or foreign keys. */
    public SampleTarget withAttachments() {
        isBare = false;
        return this;
    }

    public SampleTarget engine(String name) {
        engine = name;
        return this;
    }

    public TableDescription description() {
        return new TableDescription(
                columns, uniqueIndexes, new CreateTable(Map.of(), List.of(), List.of(), "ENGINE=" + engine), "8.4.0");
    }

    public TargetTable table() {
        return TargetTable.of("copy", schema.table().id().table(), schema, description(), isBare);
    }
}
