package io.syncline.common.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    /** A text, ENUM or SET of this declared type and collation. */
    public SampleTable typed(String name, ColumnKind kind, String type, @Nullable String collation) {
        columns.add(new Column(
                name, type, kind, 0, 0, false, null, null, collation, null, false, "", columns.size() + 1, type));
        return this;
    }

    /** A VARCHAR(20) of this charset, in its binary collation. */
    public SampleTable text(String name, String charset) {
        columns.add(new Column(
                name,
                "varchar(20)",
                ColumnKind.TEXT,
                0,
                0,
                true,
                null,
                charset,
                charset + "_bin",
                null,
                false,
                "",
                columns.size() + 1,
                "varchar(20)"));
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
}
