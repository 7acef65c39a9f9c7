package io.syncline.common.row;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Notes each value with the method that took it, as {@code number 5} or {@code binary 00ff}. */
final class RecordingSink implements ValueSink {

    private final List<String> values = new ArrayList<>();

    List<String> values() {
        return List.copyOf(values);
    }

    @Override
    public void nothing() {
        values.add("nothing");
    }

    @Override
    public void number(byte[] ascii, int offset, int length) {
        values.add("number " + new String(ascii, offset, length, StandardCharsets.US_ASCII));
    }

    @Override
    public void temporal(byte[] ascii, int offset, int length) {
        values.add("temporal " + new String(ascii, offset, length, StandardCharsets.US_ASCII));
    }

    @Override
    public void text(byte[] utf8, int offset, int length) {
        values.add("text " + new String(utf8, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void typedJson(TypedJson json) {
        values.add("json " + json.text() + " " + json.types());
    }

    @Override
    public void member(MemberNumber member) {
        values.add("member " + member.number() + " '" + member.name() + "'");
    }

    @Override
    public void beyondUnicode(CharsetText text) {
        values.add(text.literal());
    }

    @Override
    public void binary(byte[] bytes, int offset, int length) {
        values.add("binary " + HexFormat.of().formatHex(bytes, offset, offset + length));
    }
}
