package io.syncline.loader.write;

import io.syncline.common.row.CharsetText;
import io.syncline.common.row.MemberNumber;
import io.syncline.common.row.TypedJson;
import io.syncline.common.row.ValueSink;
import java.nio.charset.StandardCharsets;

/** Writes values as SQL literals, separated by commas, as far as a row's values have one. Not thread-safe. */
final class LiteralSink implements ValueSink {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out;
    private boolean first = true;
    private boolean complete = true;

    LiteralSink(StringBuilder out) {
        this.out = out;
    }

    void beginRow() {
        first = true;
        complete = true;
    }

    /** False where a value of the row at hand has no literal, so that the row must go another way. */
    boolean isComplete() {
        return complete;
    }

    private void beginValue() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    @Override
    public void nothing() {
        beginValue();
        out.append("NULL");
    }

    /** In quotes: MySQL takes a bare number with a point for a DECIMAL, which holds less than a DOUBLE. */
    @Override
    public void number(byte[] ascii, int offset, int length) {
        beginValue();
        boolean whole = true;
        for (int i = offset; i < offset + length; i++) {
            whole &= ascii[i] == '-' || ascii[i] >= '0' && ascii[i] <= '9';
        }
        if (whole) {
            appendAscii(ascii, offset, length);
        } else {
            appendQuoted(ascii, offset, length);
        }
    }

    @Override
    public void temporal(byte[] ascii, int offset, int length) {
        beginValue();
        appendQuoted(ascii, offset, length);
    }

    private void appendQuoted(byte[] ascii, int offset, int length) {
        out.append('\'');
        appendAscii(ascii, offset, length);
        out.append('\'');
    }

    /** Without the string that would be made of each value. */
    private void appendAscii(byte[] ascii, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            out.append((char) ascii[i]);
        }
    }

    @Override
    public void text(byte[] utf8, int offset, int length) {
        beginValue();
        if (isAscii(utf8, offset, length)) {
            out.append('\'');
            for (int i = offset; i < offset + length; i++) {
                appendEscaped((char) utf8[i], out);
            }
            out.append('\'');
        } else {
            appendText(new String(utf8, offset, length, StandardCharsets.UTF_8), out);
        }
    }

    private static boolean isAscii(byte[] utf8, int offset, int length) {
        int all = 0;
        for (int i = offset; i < offset + length; i++) {
            all |= utf8[i];
        }
        return all >= 0;
    }

    private static void appendText(String text, StringBuilder out) {
        out.append('\'');
        for (int i = 0; i < text.length(); i++) {
            appendEscaped(text.charAt(i), out);
        }
        out.append('\'');
    }

    private static void appendEscaped(char c, StringBuilder out) {
        switch (c) {
            case '\'' -> out.append("''");
            case '\\' -> out.append("\\\\");
            case 0 -> out.append("\\0");
            default -> out.append(c);
        }
    }

    @Override
    public void typedJson(TypedJson json) {
        beginValue();
        out.append(TypedJsonSql.of(json, new Literals()));
    }

    @Override
    public void member(MemberNumber member) {
        complete = false;
    }

    @Override
    public void beyondUnicode(CharsetText text) {
        beginValue();
        out.append(text.literal());
    }

    @Override
    public void binary(byte[] bytes, int offset, int length) {
        beginValue();
        appendBytes(bytes, offset, length, out);
    }

    private static void appendBytes(byte[] bytes, int offset, int length, StringBuilder out) {
        out.append("x'");
        for (int i = offset; i < offset + length; i++) {
            out.append(HEX[bytes[i] >> 4 & 15]).append(HEX[bytes[i] & 15]);
        }
        out.append('\'');
    }

    private static final class Literals implements TypedJsonSql.Operands {
        @Override
        public String text(String value) {
            StringBuilder literal = new StringBuilder();
            appendText(value, literal);
            return literal.toString();
        }

        @Override
        public String bytes(byte[] value) {
            StringBuilder literal = new StringBuilder();
            appendBytes(value, 0, value.length, literal);
            return literal.toString();
        }
    }
}
