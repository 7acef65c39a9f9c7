package io.syncline.common.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code tables.json}; every fault names its place in the file. */
public final class TablesFile {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private TablesFile() {}

    /** The tables in the file's order; none where something is wrong, which {@code faults} then holds. */
    public static List<TableSettings> read(Path file, Faults faults) {
        String name = file.getFileName().toString();
        try {
            return parse(name, Files.readString(file), faults);
        } catch (NoSuchFileException e) {
            faults.add(
                    name, "there is no file " + file.toAbsolutePath() + "; write it, or name another with TABLES_FILE");
        } catch (IOException e) {
            faults.add(name, file.toAbsolutePath() + " cannot be read: " + e.getMessage());
        }
        return List.of();
    }

    static List<TableSettings> parse(String name, String text, Faults faults) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            faults.add(name, "line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
            return List.of();
        }
        if (!root.isArray() || root.isEmpty()) {
            faults.add(name, "must be a list of tables, as [{\"table\": \"users\", \"primary_key\": \"id\"}]");
            return List.of();
        }
        List<TableSettings> tables = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        Map<String, String> targets = new HashMap<>();
        for (int i = 0; i < root.size(); i++) {
            TableSettings table = new TableEntry(name + ": [" + i + "]", root.get(i), faults).read();
            refuseSecond(places, table.table(), table.place() + ".table", "is listed already at ", faults);
            refuseSecond(
                    targets, table.targetTable(), table.place() + ".target_table", "is the target already of ", faults);
            tables.add(table);
        }
        return tables;
    }

    private static void refuseSecond(
            Map<String, String> seen, String table, String place, String message, Faults faults) {
        String first = seen.putIfAbsent(table, place);
        if (first != null && !table.isEmpty()) {
            faults.add(place, "'" + table + "' " + message + first + "; remove one of the two");
        }
    }
}
