package io.syncline.loader.write;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The DECIMALs within a JSON value as MySQL prints it. Read as JSON text, such a number would become a DOUBLE, and its
 * digits those of the nearest one. A number that a DOUBLE or an integer prints alike is none of them: nobody could tell.
 * The text of anything but JSON yields some answer, and is left to the server to refuse.
 */
final class JsonDecimals {

    private static final int DIGITS_OF_DOUBLE = 15;
    /** As a DECIMAL is printed: without an exponent. */
    private static final Pattern PLAIN = Pattern.compile("-?\\d++(\\.\\d++)?+");
    /** How deep MySQL's JSON may be. */
    private static final int DEEPEST = 100;

    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger GREATEST =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    /** A number and where it is, as a path in the words of MySQL's JSON functions. */
    record Found(String path, String digits) {

        String cast() {
            BigDecimal value = new BigDecimal(digits);
            int scale = Math.max(0, value.scale());
            return "CAST('" + digits + "' AS DECIMAL(" + Math.max(value.precision(), scale) + "," + scale + "))";
        }
    }

    /** The way to a value from the root, which has no leg. */
    private record Path(@Nullable Path parent, String leg, int depth) {
        Path to(String next) {
            return new Path(this, next, depth + 1);
        }

        @Override
        public String toString() {
            return (parent == null ? "" : parent) + leg;
        }
    }

    private final byte[] text;
    private final int end;
    private final List<Found> found = new ArrayList<>();
    private int at;

    private JsonDecimals(byte[] text, int offset, int length) {
        this.text = text;
        this.at = offset;
        this.end = offset + length;
    }

    /** Whether there is one, without a look at where. */
    static boolean areIn(byte[] text, int offset, int length) {
        JsonDecimals json = new JsonDecimals(text, offset, length);
        while (json.at < json.end) {
            byte c = json.peek();
            if (c == '"') {
                json.string();
            } else if (isOfNumber(c)) {
                if (isDecimal(json.number())) {
                    return true;
                }
            } else {
                json.at++;
            }
        }
        return false;
    }

    static List<Found> of(byte[] text) {
        JsonDecimals json = new JsonDecimals(text, 0, text.length);
        json.value(new Path(null, "$", 0));
        return json.found;
    }

    private void value(Path path) {
        skipSpaces();
        byte c = peek();
        if (path.depth() > DEEPEST) {
            at = end;
        } else if (c == '{') {
            object(path);
        } else if (c == '[') {
            array(path);
        } else if (c == '"') {
            string();
        } else if (isOfNumber(c)) {
            String digits = number();
            if (isDecimal(digits)) {
                found.add(new Found(path.toString(), digits));
            }
        } else {
            word();
        }
    }

    private void object(Path path) {
        do {
            at++;
            skipSpaces();
            if (peek() == '"') {
                // a member's name is quoted in a path as it is in the text
                String name = string();
                skipSpaces();
                at++;
                value(path.to("." + name));
                skipSpaces();
            }
        } while (peek() == ',');
        at++;
    }

    private void array(Path path) {
        int index = 0;
        do {
            at++;
            value(path.to("[" + index++ + "]"));
            skipSpaces();
        } while (peek() == ',');
        at++;
    }

    /** 0 at the end. */
    private byte peek() {
        return at < end ? text[at] : 0;
    }

    private void skipSpaces() {
        while (peek() == ' ' || peek() == '\n' || peek() == '\t' || peek() == '\r') {
            at++;
        }
    }

    private void word() {
        while (peek() >= 'a' && peek() <= 'z') {
            at++;
        }
    }

    private String string() {
        int from = at++;
        while (at < end && text[at] != '"') {
            at += text[at] == '\\' ? 2 : 1;
        }
        at++;
        return new String(text, from, Math.min(at, end) - from, StandardCharsets.UTF_8);
    }

    private String number() {
        int from = at;
        while (isOfNumber(peek())) {
            at++;
        }
        return new String(text, from, at - from, StandardCharsets.US_ASCII);
    }

    private static boolean isOfNumber(byte c) {
        return c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
    }

    private static boolean isDecimal(String number) {
        int point = number.indexOf('.');
        boolean padded = point >= 0 && number.endsWith("0") && number.length() - point > 2;
        if (!padded && number.length() <= DIGITS_OF_DOUBLE
                || !PLAIN.matcher(number).matches()) {
            return false;
        }
        return padded || (point < 0 ? isBeyondIntegers(new BigInteger(number)) : losesDigits(new BigDecimal(number)));
    }

    private static boolean isBeyondIntegers(BigInteger value) {
        return value.compareTo(LEAST) < 0 || value.compareTo(GREATEST) > 0;
    }

    /** Whether a DOUBLE of this value prints other digits, and not because Java prints more of them than it must. */
    private static boolean losesDigits(BigDecimal value) {
        BigDecimal printed = new BigDecimal(Double.toString(value.doubleValue()));
        return printed.compareTo(value) != 0 && printed.precision() <= value.precision();
    }
}
