package io.syncline.common.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.syncline.common.model.TargetRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One entry of {@code tables.json} while it is read. */
final class TableEntry {

    private static final List<String> KEYS = List.of(
            "table",
            "primary_key",
            "modifier",
            "initial_value",
            "interval",
            "where",
            "columns",
            "target_table",
            "lag",
            "null_modifier",
            "foreign_keys",
            "schema_changes",
            "empty_source");

    private final String place;
    private final JsonNode entry;
    private final Faults faults;

    TableEntry(String place, JsonNode entry, Faults faults) {
        this.place = place;
        this.entry = entry;
        this.faults = faults;
    }

    TableSettings read() {
        if (!entry.isObject()) {
            faults.add(place, "must be an object, as {\"table\": \"users\", \"primary_key\": \"id\"}");
        }
        entry.fieldNames().forEachRemaining(key -> refuseUnknown(key, KEYS, ""));
        String table = text("table").orElseGet(() -> missing("table", "write the table's name"));
        refuseUnfitColumns();
        Set<String> include = columns("include");
        Set<String> exclude = columns("exclude");
        if (!include.isEmpty() && !exclude.isEmpty()) {
            faults.add(place + ".columns", "has both include and exclude; keep one of them");
        }
        List<String> primaryKey = names(entry.path("primary_key"), "primary_key");
        if (primaryKey.isEmpty() && entry.path("primary_key").isMissingNode()) {
            missing("primary_key", "write the key's column, or a list of its columns");
        }
        Optional<String> modifier = text("modifier");
        for (String key : List.of("initial_value", "lag", "null_modifier")) {
            if (modifier.isEmpty() && entry.has(key)) {
                faults.add(place + "." + key, "means nothing without a modifier; add a modifier or remove it");
            }
        }
        if (modifier.isPresent() && entry.has("empty_source")) {
            faults.add(
                    place + ".empty_source",
                    "means nothing with a modifier, by which no row is ever deleted; remove it");
        }
        return new TableSettings(
                place,
                table,
                primaryKey,
                modifier,
                initialValue(),
                seconds("interval"),
                text("where"),
                include,
                exclude,
                text("target_table").orElse(table),
                seconds("lag"),
                nullModifier(),
                choice("empty_source", "replace", "keep"),
                new TargetRules(choice("foreign_keys", "omit", "copy"), choice("schema_changes", "add", "widen")));
    }

    private void refuseUnknown(String key, List<String> known, String within) {
        if (!known.contains(key)) {
            faults.add(place + within + "." + key, "is not known; the keys are " + String.join(", ", known));
        }
    }

    private String missing(String key, String remedy) {
        faults.add(place + "." + key, "is missing; " + remedy);
        return "";
    }

    private Optional<String> text(String key) {
        JsonNode node = entry.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isTextual() || node.textValue().isBlank()) {
            faults.add(place + "." + key, node + " is not a name or text; write it in quotes");
            return Optional.empty();
        }
        return Optional.of(node.textValue());
    }

    private Optional<String> initialValue() {
        JsonNode node = entry.path("initial_value");
        return node.isIntegralNumber() ? Optional.of(node.asText()) : text("initial_value");
    }

    private Optional<Duration> seconds(String key) {
        JsonNode node = entry.path(key);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Seconds.parse(node.asText()));
        } catch (IllegalArgumentException e) {
            faults.add(place + "." + key, node + " is not a number of seconds; write 60 or 0.5");
            return Optional.empty();
        }
    }

    private NullModifier nullModifier() {
        String text = text("null_modifier").orElse("include");
        try {
            return NullModifier.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            faults.add(place + ".null_modifier", "'" + text + "' is not known; write include, skip or fail");
            return NullModifier.INCLUDE;
        }
    }

    /** Whether the entry chooses this and not the default. */
    private boolean choice(String key, String byDefault, String other) {
        String text = text(key).orElse(byDefault);
        if (!text.equals(byDefault) && !text.equals(other)) {
            faults.add(place + "." + key, "'" + text + "' is not known; write " + byDefault + " or " + other);
        }
        return text.equals(other);
    }

    private Set<String> columns(String key) {
        return new HashSet<>(names(entry.path("columns").path(key), "columns." + key));
    }

    private void refuseUnfitColumns() {
        JsonNode columns = entry.path("columns");
        if (!columns.isMissingNode() && !columns.isObject()) {
            faults.add(place + ".columns", "must be {\"include\": […]} or {\"exclude\": […]}");
        }
        columns.fieldNames().forEachRemaining(name -> refuseUnknown(name, List.of("include", "exclude"), ".columns"));
    }

    /** A name, or a list of names. */
    private List<String> names(JsonNode node, String key) {
        List<String> names = new ArrayList<>();
        if (node.isMissingNode()) {
            return names;
        }
        boolean readable = node.isTextual() || node.isArray() && !node.isEmpty();
        for (JsonNode name : node.isArray() ? node : List.of(node)) {
            readable &= name.isTextual() && !name.textValue().isBlank() && !names.contains(name.textValue());
            names.add(name.asText());
        }
        if (!readable) {
            faults.add(place + "." + key, node + " is not a column's name or a list of different ones");
            return List.of();
        }
        return names;
    }
}
