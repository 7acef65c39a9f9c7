package io.syncline.loader;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Builds columns for tests; one is NOT NULL, of no default and plain unless it is said. Not thread-safe. */
public final class SampleColumn {

    private final String name;
    private final ColumnKind kind;
    private String type;
    private int precision;
    private int scale;
    private boolean nullable;
    private @Nullable String defaultValue;
    private @Nullable String charset;
    private @Nullable String generated;
    private boolean autoIncrement;
    private @Nullable String definition;

    private SampleColumn(String name, ColumnKind kind) {
        this.name = name;
        this.kind = kind;
        this.type = kind.name().toLowerCase(Locale.ROOT);
    }

    public static SampleColumn of(String name, ColumnKind kind) {
        return new SampleColumn(name, kind);
    }

    public SampleColumn type(String declared) {
        type = declared;
        return this;
    }

    public SampleColumn decimal(int digits, int behindThePoint) {
        precision = digits;
        scale = behindThePoint;
        return this;
    }

    public SampleColumn nullable() {
        nullable = true;
        return this;
    }

    public SampleColumn byDefault(String value) {
        defaultValue = value;
        return this;
    }

    public SampleColumn charset(String name) {
        charset = name;
        return this;
    }

    public SampleColumn generated(String expression) {
        generated = expression;
        return this;
    }

    public SampleColumn autoIncrement() {
        autoIncrement = true;
        return this;
    }

    public SampleColumn definition(String text) {
        definition = text;
        return this;
    }

    public Column at(int position) {
        return new Column(
                name,
                type,
                kind,
                precision,
                scale,
                nullable,
                defaultValue,
                charset,
                null,
                generated,
                autoIncrement,
                "",
                position,
                definition == null ? type : definition);
    }
}
