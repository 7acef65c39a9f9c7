package io.syncline.extractor;

import io.syncline.common.config.NullModifier;
import io.syncline.common.config.TableSettings;
import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableId;
import io.syncline.common.model.TableSchema;
import io.syncline.common.model.TargetRules;
import io.syncline.common.row.RowSchema;
import io.syncline.extractor.source.SourceTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Builds table structures for tests; a column is NOT NULL and of no precision unless it is said. Not thread-safe. */
public final class SampleTable {

    private final TableId id;
    private final List<Column> columns = new ArrayList<>();
    private List<String> key = List.of();
    private @Nullable String modifier;

    private SampleTable(TableId id) {
        this.id = id;
    }

    public static SampleTable named(String database, String table) {
        return new SampleTable(new TableId(database, table));
    }

    public SampleTable column(String name, ColumnKind kind) {
        return add(name, kind, 0, 0, false);
    }

    public SampleTable nullable(String name, ColumnKind kind) {
        return add(name, kind, 0, 0, true);
    }

    public SampleTable decimal(String name, int precision, int scale) {
        return add(name, ColumnKind.DECIMAL, precision, scale, false);
    }

    public SampleTable add(String name, ColumnKind kind, int precision, int scale, boolean nullable) {
        String type = kind.name().toLowerCase(Locale.ROOT);
        columns.add(new Column(
                name,
                type,
                kind,
                precision,
                scale,
                nullable,
                null,
                null,
                null,
                null,
                false,
                "",
                columns.size() + 1,
                type));
        return this;
    }

    public SampleTable key(String... names) {
        key = List.of(names);
        return this;
    }

    public SampleTable modifier(String name) {
        modifier = name;
        return this;
    }

    public TableSchema version(int version) {
        return new TableSchema(
                id,
                version,
                columns,
                key,
                modifier,
                List.of(),
                List.of(),
                "ENGINE=InnoDB",
                "8.4.0",
                TargetRules.DEFAULT);
    }

    public SampleTable type(String type) {
        Column last = columns.remove(columns.size() - 1);
        columns.add(new Column(
                last.name(), type, last.kind(), 0, 0, false, null, null, null, null, false, "", last.position(), type));
        return this;
    }

    /** Of the column that was added last, and of its charset, whose name it begins with. */
    public SampleTable collation(String collation) {
        Column last = columns.remove(columns.size() - 1);
        columns.add(new Column(
                last.name(),
                last.type(),
                last.kind(),
                0,
                0,
                false,
                null,
                collation.substring(0, collation.indexOf('_')),
                collation,
                null,
                false,
                "",
                last.position(),
                last.type()));
        return this;
    }

    /** Version 1 of the table with settings that say no more than they must. */
    public SourceTable source() {
        return source(null, null);
    }

    public SourceTable source(@Nullable String where, @Nullable String initialValue) {
        TableSettings settings = new TableSettings(
                "tables.json: [0]",
                id.table(),
                key,
                Optional.ofNullable(modifier),
                Optional.ofNullable(initialValue),
                Optional.empty(),
                Optional.ofNullable(where),
                Set.of(),
                Set.of(),
                id.table(),
                Optional.empty(),
                NullModifier.INCLUDE,
                false,
                TargetRules.DEFAULT);
        return new SourceTable(settings, RowSchema.of(version(1)));
    }

    /** A row's key, written by the Avro library. */
    public static byte[] key(SourceTable table, Object... values) {
        GenericRecord key = new GenericData.Record(table.schema().key());
        for (int i = 0; i < values.length; i++) {
            key.put(i, values[i]);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new GenericDatumWriter<GenericRecord>(table.schema().key())
                    .write(key, EncoderFactory.get().directBinaryEncoder(out, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
