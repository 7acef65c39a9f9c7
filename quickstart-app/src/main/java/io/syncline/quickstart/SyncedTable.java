package io.syncline.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A table of {@code tables.json}, as far as watching and comparing it needs: a stranger's reading of the file, apart from the
 * services' own.
 *
 * @param incremental whether it has a modifier; without one it is refreshed as a whole
 */
public record SyncedTable(String name, List<String> primaryKey, boolean incremental) {
    public SyncedTable {
        primaryKey = List.copyOf(primaryKey);
    }

    /** The tables of a {@code tables.json}, in its order. */
    public static List<SyncedTable> parse(String json) {
        try {
            return elements(new ObjectMapper().readTree(json))
                    .map(SyncedTable::of)
                    .toList();
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("tables.json: " + malformed.getMessage(), malformed);
        }
    }

    private static SyncedTable of(JsonNode entry) {
        var key = entry.path("primary_key");
        return new SyncedTable(
                entry.path("table").asText(),
                key.isTextual()
                        ? List.of(key.asText())
                        : elements(key).map(JsonNode::asText).toList(),
                entry.hasNonNull("modifier"));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
