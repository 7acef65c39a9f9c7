package io.syncline.systemtests.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An entry of {@code tables.json}, and what it promises of the target. Immutable: each step makes another. */
public record Table(String name, List<String> primaryKey, Map<String, Object> settings) {

    public Table {
        primaryKey = List.copyOf(primaryKey);
        settings = Map.copyOf(settings);
    }

    public static Table table(String name, String... primaryKey) {
        return new Table(name, List.of(primaryKey), Map.of());
    }

    public Table modifier(String column) {
        return with("modifier", column);
    }

    /** Any further key of the entry. */
    public Table with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(settings);
        more.put(key, value);
        return new Table(name, primaryKey, more);
    }

    public String target() {
        return settings.getOrDefault("target_table", name).toString();
    }

    /** Whether the entry lets this column travel. */
    public boolean wants(String column) {
        return settings.get("columns") instanceof Map<?, ?> chosen
                ? named(chosen.get("include"), column, true) && !named(chosen.get("exclude"), column, false)
                : true;
    }

    private static boolean named(@Nullable Object columns, String column, boolean otherwise) {
        return columns instanceof List<?> names ? names.contains(column) : otherwise;
    }

    /** Which rows of the source belong at the target; empty for all. */
    Optional<String> condition() {
        Stream<String> where = text("where").map(condition -> "(" + condition + ")").stream();
        Stream<String> initial = text("initial_value")
                .map(value -> "(" + modifier() + " >= '" + value + "' OR " + modifier() + " IS NULL)")
                .stream();
        Stream<String> nulls =
                text("null_modifier").filter("skip"::equals).map(skip -> modifier() + " IS NOT NULL").stream();
        return Stream.of(where, initial, nulls).flatMap(all -> all).reduce((one, other) -> one + " AND " + other);
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(settings.get(key)).map(Object::toString);
    }

    private String modifier() {
        return Sql.name(text("modifier").orElseThrow());
    }

    Map<String, Object> entry() {
        Map<String, Object> entry = new LinkedHashMap<>(settings);
        entry.put("table", name);
        entry.put("primary_key", primaryKey.size() == 1 ? primaryKey.get(0) : primaryKey);
        return entry;
    }
}
