package io.syncline.loader.write;

import io.syncline.common.row.MalformedRowException;
import io.syncline.common.row.TypedJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON document as SQL: what its text makes of it, with the values put in their places that have another type than their
 * text. MySQL names the types of binary values by numbers ({@code enum_field_types} in its source), which come from
 * columns: what no CAST yields is made by a column of {@code JSON_TABLE}. Stateless.
 */
final class TypedJsonSql {

    /** How SQL says what stands in no statement of ours: as a literal or as a parameter, in the order of the calls. */
    interface Operands {
        String text(String value);

        /** Such that MySQL takes it for a VARBINARY of whatever length. */
        String bytes(byte[] value);
    }

    /** As MySQL prints what is within JSON; long values have line breaks. */
    private static final Pattern BINARY = Pattern.compile("base64:type(\\d{1,3}):(.*)", Pattern.DOTALL);

    private static final int BIT = 16;
    private static final int TINYBLOB = 249;
    private static final int MEDIUMBLOB = 250;
    private static final int LONGBLOB = 251;
    private static final int BLOB = 252;
    private static final int FIXED_LENGTH = 254;

    private final Operands operands;

    private TypedJsonSql(Operands operands) {
        this.operands = operands;
    }

    /** @throws MalformedRowException for a type or a value that MySQL does not write */
    static String of(TypedJson json, Operands operands) {
        TypedJsonSql maker = new TypedJsonSql(operands);
        StringBuilder sql = new StringBuilder("JSON_REPLACE(CAST(" + operands.text(json.text()) + " AS JSON)");
        for (TypedJson.Value value : json.values()) {
            sql.append(", ").append(operands.text(value.path())).append(", ").append(maker.expression(value));
        }
        return sql.append(')').toString();
    }

    private String expression(TypedJson.Value value) {
        String text = value.text();
        return switch (value.type()) {
            case "DECIMAL" -> cast(text, decimal(text));
            case "DATE" -> cast(text, "DATE");
            case "TIME" -> cast(text, "TIME(6)");
            case "DATETIME" -> cast(text, "DATETIME(6)");
            case "TIMESTAMP" -> timestamp(text);
            case "BLOB", "BIT", "OPAQUE" -> binary(text);
            default -> throw new MalformedRowException("no value within JSON has the type " + value.type());
        };
    }

    private String cast(String text, String type) {
        return "CAST(" + operands.text(text) + " AS " + type + ")";
    }

    private static String decimal(String digits) {
        try {
            BigDecimal value = new BigDecimal(digits);
            int scale = Math.max(0, value.scale());
            return "DECIMAL(" + Math.max(value.precision(), scale) + "," + scale + ")";
        } catch (NumberFormatException e) {
            throw new MalformedRowException("no DECIMAL within JSON is " + digits);
        }
    }

    /** One that a session in another zone has stored may lie outside of what ours, in UTC, takes for one. */
    private String timestamp(String text) {
        boolean isZero = text.startsWith("0000-00-00");
        boolean isWithin = text.compareTo("1970-01-01 00:00:01") >= 0 && text.compareTo("2038-01-19 03:14:08") < 0;
        return isZero || isWithin ? column("TIMESTAMP(6)", operands.text(text)) : cast(text, "DATETIME(6)");
    }

    private String binary(String text) {
        Matcher parts = BINARY.matcher(text);
        if (!parts.matches()) {
            throw new MalformedRowException("no binary value within JSON is " + text);
        }
        byte[] bytes = Base64.getMimeDecoder().decode(parts.group(2));
        return switch (Integer.parseInt(parts.group(1))) {
            case BIT -> column("BIT(" + bytes.length * Byte.SIZE + ")", new BigInteger(1, bytes).toString());
            case TINYBLOB -> column("TINYBLOB", operands.bytes(bytes));
            case MEDIUMBLOB -> column("MEDIUMBLOB", operands.bytes(bytes));
            case LONGBLOB -> column("LONGBLOB", operands.bytes(bytes));
            case BLOB -> column("BLOB", operands.bytes(bytes));
            case FIXED_LENGTH -> column("BINARY(" + bytes.length + ")", operands.bytes(bytes));
            default -> operands.bytes(bytes);
        };
    }

    /** Cast within the subquery, because one that yields a column of a BLOB is a BLOB whichever the column is. */
    private static String column(String type, String value) {
        return "(SELECT CAST(v AS JSON) FROM JSON_TABLE(JSON_ARRAY(" + value + "), '$[0]' COLUMNS (v " + type
                + " PATH '$' ERROR ON ERROR)) t)";
    }
}
