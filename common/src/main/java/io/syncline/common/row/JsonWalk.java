package io.syncline.common.row;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Visits the values of a JSON document in the order in which MySQL finds them by {@code $**.*} and {@code $**[*]}: all of
 * a container's own values, then those within each of its containers in turn. A member of an object has the number that
 * it is among members, from 1 on; an element of an array the number that it is among elements, from -1 down; the document
 * itself 0. Not thread-safe.
 */
final class JsonWalk {

    /** Takes each value. */
    interface Visitor {
        /** @param path as MySQL's JSON functions take it */
        void visit(int number, String path, JsonNode value);
    }

    /** What MySQL stores is within no limits but its own, and a number's digits count. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Visitor visitor;
    private int members;
    private int elements;

    private JsonWalk(Visitor visitor) {
        this.visitor = visitor;
    }

    /** @throws MalformedRowException for what is no JSON */
    static void through(String json, Visitor visitor) {
        try {
            JsonNode document = MAPPER.readTree(json);
            visitor.visit(0, "$", document);
            new JsonWalk(visitor).within(document, "$");
        } catch (JsonProcessingException e) {
            throw new MalformedRowException("a JSON value is none: " + e.getOriginalMessage());
        }
    }

    private void within(JsonNode container, String path) {
        Map<String, JsonNode> values = values(container, path);
        values.forEach((at, value) -> visitor.visit(container.isArray() ? --elements : ++members, at, value));
        values.forEach((at, value) -> {
            if (value.isContainerNode()) {
                within(value, at);
            }
        });
    }

    /** A container's own values by their paths. */
    private static Map<String, JsonNode> values(JsonNode container, String path) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        container.properties().forEach(member -> values.put(path + "." + quoted(member.getKey()), member.getValue()));
        for (int i = 0; container.isArray() && i < container.size(); i++) {
            values.put(path + "[" + i + "]", container.get(i));
        }
        return values;
    }

    private static String quoted(String member) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(member)) + '"';
    }
}
