package io.syncline.common.event;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableId;
import io.syncline.common.model.TableSchema;
import io.syncline.common.model.TargetRules;
import io.syncline.common.row.RowSchema;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** A version of a table's structure as it travels on {@code <prefix>.schemas}. */
public record SchemaChange(RowSchema schema, String rowsTopic) {

    private static final AvroRecords VALUES = new AvroRecords("schema-change.avsc");
    private static final AvroRecords KEYS = new AvroRecords("table-version.avsc");

    public byte[] key() {
        GenericRecord key = KEYS.create();
        key.put("database", schema.table().id().database());
        key.put("table", schema.table().id().table());
        key.put("version", schema.table().version());
        return KEYS.encodePlain(key);
    }

    public byte[] value() {
        TableSchema table = schema.table();
        GenericRecord event = VALUES.create();
        event.put("database", table.id().database());
        event.put("table", table.id().table());
        event.put("version", table.version());
        event.put("server", table.server());
        event.put("rows_topic", rowsTopic);
        event.put("primary_key", table.primaryKey());
        event.put("modifier", table.modifier());
        event.put("columns", table.columns().stream().map(SchemaChange::column).toList());
        event.put("indexes", table.indexes());
        event.put("foreign_keys", table.foreignKeys());
        event.put("options", table.options());
        event.put("copies_foreign_keys", table.rules().copiesForeignKeys());
        event.put("widens", table.rules().widens());
        event.put("row_schema", schema.value().toString());
        event.put("key_schema", schema.key().toString());
        return VALUES.encodeFramed(event);
    }

    private static GenericRecord column(Column column) {
        Schema schema = VALUES.schema().getField("columns").schema().getElementType();
        GenericRecord event = new GenericData.Record(schema);
        event.put("name", column.name());
        event.put("type", column.type());
        event.put("kind", column.kind().name());
        event.put("precision", column.precision());
        event.put("scale", column.scale());
        event.put("nullable", column.nullable());
        event.put("default", column.defaultValue());
        event.put("charset", column.charset());
        event.put("collation", column.collation());
        event.put("generated", column.generated());
        event.put("auto_increment", column.autoIncrement());
        event.put("comment", column.comment());
        event.put("position", column.position());
        event.put("definition", column.definition());
        return event;
    }

    /** @throws MalformedEventException for bytes that are no schema change */
    public static SchemaChange decode(byte[] value) {
        return VALUES.decodeFramed(value, SchemaChange::of);
    }

    private static SchemaChange of(GenericRecord event) {
        TableSchema table = new TableSchema(
                new TableId(text(event, "database"), text(event, "table")),
                (int) event.get("version"),
                ((List<?>) event.get("columns"))
                        .stream().map(column -> column((GenericRecord) column)).toList(),
                texts(event, "primary_key"),
                optional(event, "modifier"),
                texts(event, "indexes"),
                texts(event, "foreign_keys"),
                text(event, "options"),
                text(event, "server"),
                new TargetRules((boolean) event.get("copies_foreign_keys"), (boolean) event.get("widens")));
        return new SchemaChange(RowSchema.of(table), text(event, "rows_topic"));
    }

    private static Column column(GenericRecord event) {
        return new Column(
                text(event, "name"),
                text(event, "type"),
                ColumnKind.valueOf(text(event, "kind")),
                (int) event.get("precision"),
                (int) event.get("scale"),
                (boolean) event.get("nullable"),
                optional(event, "default"),
                optional(event, "charset"),
                optional(event, "collation"),
                optional(event, "generated"),
                (boolean) event.get("auto_increment"),
                text(event, "comment"),
                (int) event.get("position"),
                text(event, "definition"));
    }

    private static List<String> texts(GenericRecord event, String field) {
        return ((List<?>) event.get(field)).stream().map(Object::toString).toList();
    }

    private static String text(GenericRecord event, String field) {
        return event.get(field).toString();
    }

    private static @Nullable String optional(GenericRecord event, String field) {
        Object value = event.get(field);
        return value == null ? null : value.toString();
    }
}
