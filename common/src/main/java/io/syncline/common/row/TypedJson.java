package io.syncline.common.row;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/**
 * A JSON document of MySQL's with values of types that JSON text has no form for: dates, times, binary data, and DECIMALs,
 * which print as other numbers do.
 *
 * @param text the document as the server prints it
 * @param types what {@code JSON_TYPE} says of each of these values, by their paths as MySQL's JSON functions take them
 */
public record TypedJson(String text, Map<String, String> types) {

    /** A value whose type its text does not tell: a number's digits, or a string's characters. */
    public record Value(String path, String type, String text) {}

    /** A column's other type beside string. */
    static final Schema SCHEMA = SchemaBuilder.record("TypedJson")
            .namespace("syncline")
            .fields()
            .requiredString("text")
            .name("types")
            .type(Schema.createMap(Schema.create(Schema.Type.STRING)))
            .noDefault()
            .endRecord();

    private static final Pattern TOLD = Pattern.compile("\"(-?\\d+)\": \"([A-Z]+)\"");
    private static final String DECIMAL = "DECIMAL";

    public TypedJson {
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    }

    /**
     * Finds the values that the server has told by their numbers.
     *
     * @param told JSON objects, in which a value's number, as {@link JsonWalk} counts, has the value's type
     */
    static TypedJson of(String text, String told) {
        Map<Integer, String> numbered = TOLD.matcher(told)
                .results()
                .collect(Collectors.toMap(each -> Integer.valueOf(each.group(1)), each -> each.group(2)));
        Map<String, String> types = new LinkedHashMap<>();
        JsonWalk.through(text, (number, path, value) -> {
            String type = numbered.remove(number);
            if (type != null) {
                if (!isLike(type, value)) {
                    throw otherOrder();
                }
                types.put(path, type);
            }
        });
        if (!numbered.isEmpty() || types.isEmpty()) {
            throw otherOrder();
        }
        return new TypedJson(text, types);
    }

    /** A DECIMAL is a number in the text, and all others are strings. */
    private static boolean isLike(String type, JsonNode value) {
        return type.equals(DECIMAL) ? value.isNumber() : value.isTextual();
    }

    /** No document should get here; were it another value, its type would be changed in silence. */
    private static IllegalStateException otherOrder() {
        return new IllegalStateException("the server counts the values of a JSON document in another order than ours");
    }

    /**
     * The values that {@link #types} names.
     *
     * @throws MalformedRowException where one is not in the text, or is of no such type
     */
    public List<Value> values() {
        List<Value> values = new ArrayList<>();
        JsonWalk.through(text, (number, path, value) -> {
            String type = types.get(path);
            if (type != null && isLike(type, value)) {
                String digits = value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
                values.add(new Value(path, type, digits));
            }
        });
        if (values.size() != types.size()) {
            throw new MalformedRowException("a JSON value does not hold what its types name");
        }
        return values;
    }

    void write(AvroBuffer out) {
        write(text, out);
        out.writeLong(types.size());
        types.forEach((path, type) -> {
            write(path, out);
            write(type, out);
        });
        out.writeLong(0);
    }

    private static void write(String string, AvroBuffer out) {
        byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(utf8, 0, utf8.length);
    }
}
