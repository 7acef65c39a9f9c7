package io.syncline.loader.write;

import io.syncline.common.row.CharsetText;
import io.syncline.common.row.MalformedRowException;
import io.syncline.common.row.MemberNumber;
import io.syncline.common.row.RowDecoder;
import io.syncline.common.row.RowSchema;
import io.syncline.common.row.TypedJson;
import io.syncline.common.row.ValueSink;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A key as people write it: {@code order_id=7 line='a'}. Not thread-safe. */
public final class KeyText implements ValueSink {

    private final StringBuilder text = new StringBuilder();
    private final LiteralSink literals = new LiteralSink(text);
    private final Iterator<String> columns;

    private KeyText(RowSchema schema) {
        this.columns = schema.table().primaryKey().iterator();
    }

    public static String of(RowSchema schema, byte @Nullable [] key) {
        if (key == null) {
            return "no key";
        }
        KeyText sink = new KeyText(schema);
        try {
            new RowDecoder(schema).key(key, sink);
            return sink.text.toString();
        } catch (MalformedRowException e) {
            return "key unreadable";
        }
    }

    private LiteralSink next() {
        beginColumn();
        literals.beginRow();
        return literals;
    }

    private void beginColumn() {
        text.append(text.length() == 0 ? "" : " ").append(columns.next()).append('=');
    }

    @Override
    public void nothing() {
        next().nothing();
    }

    @Override
    public void number(byte[] ascii, int offset, int length) {
        next().number(ascii, offset, length);
    }

    @Override
    public void temporal(byte[] ascii, int offset, int length) {
        next().temporal(ascii, offset, length);
    }

    @Override
    public void text(byte[] utf8, int offset, int length) {
        next().text(utf8, offset, length);
    }

    @Override
    public void typedJson(TypedJson json) {
        next().typedJson(json);
    }

    @Override
    public void member(MemberNumber member) {
        beginColumn();
        text.append(Long.toUnsignedString(member.number()));
    }

    @Override
    public void beyondUnicode(CharsetText value) {
        next().beyondUnicode(value);
    }

    @Override
    public void binary(byte[] bytes, int offset, int length) {
        next().binary(bytes, offset, length);
    }
}
