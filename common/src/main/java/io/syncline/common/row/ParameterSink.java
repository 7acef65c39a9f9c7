package io.syncline.common.row;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects values as statement parameters: text for numbers, times and characters, {@link TypedJson}s, {@link MemberNumber}s and {@link CharsetText}s, bytes for the rest. */
public final class ParameterSink implements ValueSink {

    private final List<@Nullable Object> values = new ArrayList<>();

    /** What was collected, NULL as null. */
    public List<@Nullable Object> values() {
        return new ArrayList<>(values);
    }

    @Override
    public void nothing() {
        values.add(null);
    }

    @Override
    public void number(byte[] ascii, int offset, int length) {
        values.add(new String(ascii, offset, length, StandardCharsets.US_ASCII));
    }

    @Override
    public void temporal(byte[] ascii, int offset, int length) {
        number(ascii, offset, length);
    }

    @Override
    public void text(byte[] utf8, int offset, int length) {
        values.add(new String(utf8, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void typedJson(TypedJson json) {
        values.add(json);
    }

    @Override
    public void member(MemberNumber member) {
        values.add(member);
    }

    @Override
    public void beyondUnicode(CharsetText text) {
        values.add(text);
    }

    @Override
    public void binary(byte[] bytes, int offset, int length) {
        values.add(Arrays.copyOfRange(bytes, offset, offset + length));
    }
}
