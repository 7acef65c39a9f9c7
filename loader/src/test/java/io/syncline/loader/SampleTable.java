package io.syncline.loader;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableId;
import io.syncline.common.model.TableSchema;
import io.syncline.common.model.TargetRules;
import io.syncline.common.row.RowSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds table structures as the source declares them. Not thread-safe. */
public final class SampleTable {

    private final TableId id;
    private final List<Column> columns = new ArrayList<>();
    private List<String> key = List.of("id");
    private @Nullable String modifier;
    private List<String> indexes = List.of();
    private String options = "ENGINE=InnoDB";
    private String server = "8.4.0";
    private List<String> foreignKeys = List.of();
    private TargetRules rules = TargetRules.DEFAULT;

    private SampleTable(TableId id) {
        this.id = id;
    }

    public static SampleTable named(String table) {
        return new SampleTable(new TableId("shop", table));
    }

    /** {@code shop.users} of an INT id, the key, and a TEXT name that may be NULL. */
    public static SampleTable users() {
        return named("users")
                .column("id", ColumnKind.INT)
                .with(SampleColumn.of("name", ColumnKind.TEXT)
                        .charset("utf8mb4")
                        .nullable());
    }

    public SampleTable column(String name, ColumnKind kind) {
        return with(SampleColumn.of(name, kind));
    }

    public SampleTable with(SampleColumn column) {
        columns.add(column.at(columns.size() + 1));
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

    public SampleTable indexes(String... definitions) {
        indexes = List.of(definitions);
        return this;
    }

    public SampleTable options(String text) {
        options = text;
        return this;
    }

    public SampleTable server(String version) {
        server = version;
        return this;
    }

    public SampleTable foreignKeys(String... definitions) {
        foreignKeys = List.of(definitions);
        return this;
    }

    public SampleTable rules(TargetRules chosen) {
        rules = chosen;
        return this;
    }

    public TableSchema version(int version) {
        return new TableSchema(id, version, columns, key, modifier, indexes, foreignKeys, options, server, rules);
    }

    public RowSchema rows() {
        return RowSchema.of(version(1));
    }

    public RowSchema rows(int version) {
        return RowSchema.of(version(version));
    }
}
