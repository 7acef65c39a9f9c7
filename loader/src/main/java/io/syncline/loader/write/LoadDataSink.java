package io.syncline.loader.write;

import io.syncline.common.row.CharsetText;
import io.syncline.common.row.MemberNumber;
import io.syncline.common.row.TypedJson;
import io.syncline.common.row.ValueSink;

/**
 * Writes values in the default format of LOAD DATA: fields ended by tabs, lines by newlines, {@code \N} for NULL, and a
 * backslash before what would be taken for one of these. Not thread-safe.
 */
final class LoadDataSink implements ValueSink {

    private final LineBuffer out;
    private boolean lineBegins = true;
    private boolean complete = true;

    LoadDataSink(LineBuffer out) {
        this.out = out;
    }

    void endLine() {
        out.write('\n');
        lineBegins = true;
    }

    /** False where some value cannot be written in this format. */
    boolean isComplete() {
        return complete;
    }

    private void beginField() {
        if (!lineBegins) {
            out.write('\t');
        }
        lineBegins = false;
    }

    @Override
    public void nothing() {
        beginField();
        out.write('\\');
        out.write('N');
    }

    @Override
    public void number(byte[] ascii, int offset, int length) {
        beginField();
        out.write(ascii, offset, length);
    }

    @Override
    public void temporal(byte[] ascii, int offset, int length) {
        number(ascii, offset, length);
    }

    @Override
    public void text(byte[] utf8, int offset, int length) {
        beginField();
        int from = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            int escape = isPlain(utf8[i]) ? 0 : escapeOf(utf8[i]);
            if (escape != 0) {
                out.write(utf8, from, i - from);
                out.write('\\');
                out.write(escape);
                from = i + 1;
            }
        }
        out.write(utf8, from, end - from);
    }

    /** Nearly every byte is, and this tells it soonest. */
    private static boolean isPlain(byte octet) {
        return octet > '\r' && octet != '\\' || octet < 0;
    }

    private static int escapeOf(byte octet) {
        return switch (octet) {
            case '\\' -> '\\';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case 0 -> '0';
            default -> 0;
        };
    }

    @Override
    public void typedJson(TypedJson json) {
        complete = false;
    }

    @Override
    public void member(MemberNumber member) {
        complete = false;
    }

    @Override
    public void beyondUnicode(CharsetText text) {
        complete = false;
    }

    @Override
    public void binary(byte[] bytes, int offset, int length) {
        text(bytes, offset, length);
    }
}
