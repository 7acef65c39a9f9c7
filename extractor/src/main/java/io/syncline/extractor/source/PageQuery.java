package io.syncline.extractor.source;

import io.syncline.common.model.Column;
import io.syncline.common.model.TableId;
import io.syncline.common.mysql.Quoted;
import io.syncline.common.mysql.SelectedColumns;
import io.syncline.common.row.ParameterSink;
import io.syncline.common.row.RowDecoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One SELECT of a page: columns in the schema's order, rows in the order of a keyset that ends with the primary key, so
 * that the next page begins behind the last row of this one whatever was written in between.
 *
 * @param parameters text, or bytes for binary columns
 */
public record PageQuery(String sql, List<Object> parameters) {

    /** Marks statements of Syncline's, which never hold the clock back. */
    private static final String MARK = "/* syncline */ ";

    public PageQuery {
        parameters = List.copyOf(parameters);
    }

    /** Rows in key order behind a key, empty for the first page. */
    public static PageQuery byKey(SourceTable table, byte[] behind, int limit) {
        Builder query = new Builder(table);
        if (table.modifier().isPresent()) {
            query.initialValue(table.modifier().get());
        }
        query.behindKey(behind);
        return query.build(table.schema().table().keyColumns(), limit);
    }

    /** Rows whose modifier is NULL, in key order behind a key, empty for the first page. */
    public static PageQuery withoutModifier(SourceTable table, Column modifier, byte[] behind, int limit) {
        Builder query = new Builder(table);
        query.conditions.add(Quoted.name(modifier.name()) + " IS NULL");
        query.behindKey(behind);
        return query.build(table.schema().table().keyColumns(), limit);
    }

    /** Rows in the order of modifier and key, from a modifier on; null: all that have one. */
    public static PageQuery fromModifier(SourceTable table, Column modifier, @Nullable String from, int limit) {
        Builder query = new Builder(table);
        if (from == null) {
            query.conditions.add(Quoted.name(modifier.name()) + " IS NOT NULL");
        } else {
            // >= not >: rows may share a modifier, and more may have come with it since
            query.conditions.add(query.compare(modifier, ">=", from));
        }
        query.initialValue(modifier);
        return query.build(query.withKey(modifier), limit);
    }

    /** As {@link #fromModifier}, behind the row of this modifier and this key. */
    public static PageQuery behindRow(SourceTable table, Column modifier, String at, byte[] key, int limit) {
        Builder query = new Builder(table);
        List<Object> values = new ArrayList<>(List.of(at));
        values.addAll(query.valuesOf(key));
        query.conditions.add(query.behind(query.withKey(modifier), values));
        return query.build(query.withKey(modifier), limit);
    }

    /** How many rows no pass would find. */
    public static PageQuery countWithoutModifier(SourceTable table, Column modifier) {
        return new PageQuery(
                MARK + "SELECT COUNT(*) FROM " + from(table.id()) + " WHERE " + Quoted.name(modifier.name())
                        + " IS NULL"
                        + table.settings()
                                .where()
                                .map(where -> " AND (" + where + ")")
                                .orElse(""),
                List.of());
    }

    /** The greatest modifier there is. */
    public static PageQuery newest(SourceTable table, Column modifier) {
        return new PageQuery(
                MARK + "SELECT MAX(" + Quoted.name(modifier.name()) + ") FROM " + from(table.id()), List.of());
    }

    private static String from(TableId id) {
        return Quoted.table(id.database(), id.table());
    }

    private static final class Builder {
        private final SourceTable table;
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> parameters = new ArrayList<>();

        Builder(SourceTable table) {
            this.table = table;
            table.settings().where().ifPresent(where -> conditions.add("(" + where + ")"));
        }

        void initialValue(Column modifier) {
            table.settings()
                    .initialValue()
                    .ifPresent(value -> conditions.add("(" + compare(modifier, ">=", value) + " OR "
                            + Quoted.name(modifier.name()) + " IS NULL)"));
        }

        List<Column> withKey(Column modifier) {
            List<Column> columns = new ArrayList<>(List.of(modifier));
            columns.addAll(table.schema().table().keyColumns());
            return columns;
        }

        List<Object> valuesOf(byte[] key) {
            ParameterSink values = new ParameterSink();
            new RowDecoder(table.schema()).key(key, values);
            return values.values().stream()
                    .map(value -> value == null ? "" : value)
                    .toList();
        }

        void behindKey(byte[] key) {
            if (key.length > 0) {
                conditions.add(behind(table.schema().table().keyColumns(), valuesOf(key)));
            }
        }

        /** {@code a > ? OR (a = ? AND (b > ? …))}, the form in which MySQL finds the place in an index. */
        String behind(List<Column> columns, List<Object> values) {
            String first = compare(columns.get(0), ">", values.get(0));
            if (columns.size() == 1) {
                return first;
            }
            String equal = compare(columns.get(0), "=", values.get(0));
            String rest = behind(columns.subList(1, columns.size()), values.subList(1, values.size()));
            return "(" + first + " OR (" + equal + " AND " + rest + "))";
        }

        String compare(Column column, String operator, Object value) {
            Parameter parameter = Parameter.of(column, value);
            if (parameter.value() != null) {
                parameters.add(parameter.value());
            }
            return Quoted.name(column.name()) + " " + operator + " " + parameter.sql();
        }

        PageQuery build(List<Column> order, int limit) {
            return new PageQuery(
                    MARK + "SELECT " + SelectedColumns.of(table.schema().table(), from(table.id()), column -> true)
                            + " FROM " + from(table.id())
                            + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                            + " ORDER BY "
                            + Quoted.names(order.stream().map(Column::name).toList())
                            + " LIMIT " + limit,
                    parameters);
        }
    }
}
