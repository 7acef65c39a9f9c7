package io.syncline.loader.target;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.Members;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column's type, seen as the set of values that it stores as they are. What a server would round, pad, cut or
 * normalise it does not hold, even where it would not complain. Immutable.
 */
final class ColumnType {

    private static final Pattern DECLARED =
            Pattern.compile("([a-z0-9]+)(?:\\((\\d+)(?:,(\\d+))?\\))?.*", Pattern.DOTALL);
    private static final Pattern SRID = Pattern.compile("\\bSRID (\\d+)");
    private static final Map<String, Integer> INTEGER_BITS =
            Map.of("tinyint", 8, "smallint", 16, "mediumint", 24, "int", 32, "bigint", 64);
    private static final Map<String, Long> BYTES = Map.of(
            "tinytext", 255L,
            "text", 65_535L,
            "mediumtext", 16_777_215L,
            "longtext", 4_294_967_295L,
            "tinyblob", 255L,
            "blob", 65_535L,
            "mediumblob", 16_777_215L,
            "longblob", 4_294_967_295L);
    private static final Map<String, Integer> TEXT_LENGTH = Map.of("uuid", 36, "inet4", 15, "inet6", 45);

    private final Column column;
    private final String name;
    private final long length;
    private final boolean hasScale;

    private ColumnType(Column column, Matcher declared) {
        this.column = column;
        this.name = declared.group(1).equals("geometrycollection") ? "geomcollection" : declared.group(1);
        this.length = declared.group(2) == null ? 0 : Long.parseLong(declared.group(2));
        this.hasScale = declared.group(3) != null;
    }

    static ColumnType of(Column column) {
        Matcher declared = DECLARED.matcher(column.type().toLowerCase(Locale.ROOT));
        if (!declared.matches()) {
            throw new IllegalArgumentException(column.name() + " is of type " + column.type());
        }
        return new ColumnType(column, declared);
    }

    /** Whether every value of the other type is a value of this one. */
    boolean holds(ColumnType source) {
        if (isLike(source)) {
            return true;
        }
        if (isText() && source.textLength().isPresent()) {
            return holdsText(source, source.textLength().getAsLong());
        }
        return switch (source.column.kind()) {
            case INT, LONG, UNSIGNED_LONG -> holdsInteger(source);
            case YEAR -> column.kind() == ColumnKind.YEAR || INTEGER_BITS.getOrDefault(name, 0) >= 16;
            case DECIMAL -> column.kind() == ColumnKind.DECIMAL && holdsDigits(source, source.column.scale());
            case FLOAT -> holdsFloat(source) || column.kind() == ColumnKind.DOUBLE && !hasScale && holdsSign(source);
            case DOUBLE -> holdsFloat(source);
            case BIT -> column.kind() == ColumnKind.BIT && length >= source.length;
            case DATE -> column.kind() == ColumnKind.DATE || column.kind() == ColumnKind.DATETIME;
            case DATETIME -> column.kind() == ColumnKind.DATETIME && holdsFraction(source);
            case TIMESTAMP ->
                (column.kind() == ColumnKind.TIMESTAMP || column.kind() == ColumnKind.DATETIME)
                        && holdsFraction(source);
            case TIME -> column.kind() == ColumnKind.TIME && holdsFraction(source);
            case TEXT ->
                name.equals(source.name) && isOwnText()
                        || column.kind() == ColumnKind.TYPED_JSON && source.isJsonText();
            case ENUM, SET ->
                column.kind() == source.column.kind()
                        && members(column).containsAll(members(source.column))
                        && Charsets.holds(charset(), source.charset());
            case JSON, TYPED_JSON -> column.kind() == ColumnKind.TYPED_JSON;
            case BINARY -> holdsBytes(source);
            case GEOMETRY -> holdsGeometry(source);
        };
    }

    private boolean isLike(ColumnType source) {
        return column.type().equals(source.column.type())
                && column.kind() == source.column.kind()
                && charset().equals(source.charset())
                && system().equals(source.system());
    }

    private boolean isText() {
        return column.kind() == ColumnKind.TEXT && !isOwnText();
    }

    /** MariaDB's types that are sent as text. */
    private boolean isOwnText() {
        return TEXT_LENGTH.containsKey(name);
    }

    private boolean isJsonText() {
        return column.definition().contains("json_valid(");
    }

    private String charset() {
        if (column.charset() != null) {
            return column.charset();
        }
        return switch (column.kind()) {
            case JSON, TYPED_JSON -> "utf8mb4";
            // MySQL names no charset for members that are bytes
            case ENUM, SET -> "binary";
            default -> "ascii";
        };
    }

    private static List<String> members(Column column) {
        return Members.of(column.type()).names();
    }

    /** The most characters that a value has as text; empty for what a text does not hold exactly. */
    private OptionalLong textLength() {
        return switch (column.kind()) {
            case INT, LONG, UNSIGNED_LONG, YEAR -> OptionalLong.of(20);
            case DECIMAL -> OptionalLong.of(column.precision() + 3L);
            case DATE, DATETIME, TIMESTAMP, TIME -> OptionalLong.of(26);
            case ENUM ->
                OptionalLong.of(members(column).stream()
                        .map(String::length)
                        .max(Comparator.naturalOrder())
                        .orElse(0));
            case SET -> OptionalLong.of(String.join(",", members(column)).length());
            case JSON, TYPED_JSON -> OptionalLong.of(BYTES.getOrDefault("longtext", 0L) / 4);
            case TEXT -> OptionalLong.of(ownTextLength());
            case FLOAT, DOUBLE, BIT, BINARY, GEOMETRY -> OptionalLong.empty();
        };
    }

    private long ownTextLength() {
        Long bytes = BYTES.get(name);
        return bytes == null ? TEXT_LENGTH.getOrDefault(name, (int) length) : bytes / Charsets.fewestBytes(charset());
    }

    private boolean holdsText(ColumnType source, long characters) {
        if (!Charsets.holds(charset(), source.charset())) {
            return false;
        }
        // a CHAR loses the spaces at its end
        boolean padded = name.equals("char") && source.column.kind() == ColumnKind.TEXT && !source.name.equals("char");
        Long bytes = BYTES.get(name);
        if (bytes == null) {
            return length >= characters && (!padded || source.isOwnText());
        }
        Long sourceBytes = BYTES.get(source.name);
        return sourceBytes != null && Charsets.same(charset(), source.charset())
                ? bytes >= sourceBytes
                : bytes >= characters * bytesOfCharacter(source);
    }

    private int bytesOfCharacter(ColumnType source) {
        boolean isShort = source.charset().equals("ascii") && Charsets.fewestBytes(charset()) == 1;
        // what is no Unicode charset is within the first plane, which takes three bytes of UTF-8
        boolean isBasic = Charsets.mostBytes(charset()) == 4
                && Charsets.fewestBytes(charset()) == 1
                && !Charsets.holds(source.charset(), "utf8mb4");
        return isShort ? 1 : isBasic ? 3 : Charsets.mostBytes(charset());
    }

    private boolean holdsInteger(ColumnType source) {
        if (INTEGER_BITS.containsKey(name)) {
            return least().compareTo(source.least()) <= 0 && greatest().compareTo(source.greatest()) >= 0;
        } else if (column.kind() == ColumnKind.DECIMAL) {
            int digits = source.greatest().toString().length();
            return column.precision() - column.scale() >= digits && holdsSign(source);
        }
        // a double has 53 bits
        return column.kind() == ColumnKind.DOUBLE && !hasScale && source.bits() <= 32 && holdsSign(source);
    }

    private int bits() {
        return INTEGER_BITS.getOrDefault(name, 64);
    }

    private boolean isUnsigned() {
        return column.type().toLowerCase(Locale.ROOT).contains("unsigned");
    }

    private boolean holdsSign(ColumnType source) {
        return !isUnsigned() || source.isUnsigned();
    }

    private BigInteger least() {
        return isUnsigned() ? BigInteger.ZERO : BigInteger.TWO.pow(bits() - 1).negate();
    }

    private BigInteger greatest() {
        return BigInteger.TWO.pow(isUnsigned() ? bits() : bits() - 1).subtract(BigInteger.ONE);
    }

    private boolean holdsDigits(ColumnType source, int scale) {
        return column.scale() >= scale
                && column.precision() - column.scale() >= source.column.precision() - scale
                && holdsSign(source);
    }

    /** FLOAT(7,2) rounds. */
    private boolean holdsFloat(ColumnType source) {
        boolean sameType = name.equals(source.name);
        return sameType && holdsSign(source) && (!hasScale || column.type().equals(source.column.type()));
    }

    private boolean holdsFraction(ColumnType source) {
        return column.precision() >= source.column.precision();
    }

    private boolean holdsBytes(ColumnType source) {
        if (name.equals("vector") || source.name.equals("vector")) {
            boolean same = name.equals(source.name) && length >= source.length;
            return same || capacity() >= 4 * source.length && !isFixed() && column.kind() == ColumnKind.BINARY;
        }
        return column.kind() == ColumnKind.BINARY
                && (isFixed() ? source.isFixed() && length == source.length : capacity() >= source.capacity());
    }

    /** BINARY(n) fills up with zeros, as CHAR in the charset binary does. */
    private boolean isFixed() {
        return name.equals("binary") || name.equals("char");
    }

    private long capacity() {
        return name.equals("vector") ? 0 : BYTES.getOrDefault(name, length);
    }

    private boolean holdsGeometry(ColumnType source) {
        Optional<String> system = system();
        return (name.equals(source.name) || name.equals("geometry"))
                && (system.isEmpty() || system.equals(source.system()));
    }

    /** The spatial reference system that values must have, at MySQL. */
    private Optional<String> system() {
        Matcher srid = SRID.matcher(column.definition());
        return srid.find() ? Optional.of(srid.group(1)) : Optional.empty();
    }
}
