package io.syncline.common.row;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.SchemaNormalization;

/**
 * The Avro schemas of a table's rows and keys in one version of its structure, and the fingerprint that a row carries.
 *
 * <p>A row's record holds the load id, the refresh generation, the modifier's value and a field for each column. A column
 * that may be NULL is a union that begins with null; a date or time is a union that ends with a string for values that
 * the logical type cannot hold; an ENUM or SET with an empty member is one that ends with a long, for values that their
 * name does not tell; a text of a charset beyond Unicode is one that ends with bytes; a JSON column is one that ends with {@link TypedJson}'s record. The version stands in the namespace, so that two versions never share a fingerprint
 * although Avro's canonical form knows nothing of decimals' scales.
 */
public record RowSchema(TableSchema table, Schema value, Schema key, long fingerprint) {

    static final String RESERVED = "_syncline_";
    static final String LOAD_ID = RESERVED + "load_id";
    static final String GENERATION = RESERVED + "generation";
    static final String MODIFIER = RESERVED + "modifier";
    /** The property of a field that holds the column's name as the source spells it. */
    static final String COLUMN = "column";

    private static final Schema NULL = Schema.create(Schema.Type.NULL);
    private static final Schema STRING = Schema.create(Schema.Type.STRING);

    public static RowSchema of(TableSchema table) {
        String namespace = "syncline." + AvroName.of(table.id().database()) + "."
                + AvroName.of(table.id().table()) + ".v" + table.version();
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(LOAD_ID, STRING, "The load that published this row", null));
        fields.add(new Field(
                GENERATION,
                Schema.createUnion(NULL, Schema.create(Schema.Type.LONG)),
                "The full refresh this row belongs to, null for an incremental one",
                null));
        fields.add(new Field(MODIFIER, modifierType(table), "The modifier's value", null));
        table.columns().forEach(column -> fields.add(field(column, typeOf(column))));
        Schema value = Schema.createRecord("Row", null, namespace, false, fields);
        List<Field> keyFields = new ArrayList<>();
        table.keyColumns().forEach(column -> keyFields.add(field(column, typeOf(column))));
        Schema key = Schema.createRecord("Key", null, namespace, false, keyFields);
        return new RowSchema(table, value, key, SchemaNormalization.parsingFingerprint64(value));
    }

    /**
     * Whether the same bytes say the same of a row in another version of the structure, so that {@link RowEncoder#digest}
     * may be compared with one made there: the same columns in the same order, read in the same way.
     */
    public boolean readsLike(RowSchema other) {
        return columnTypes().equals(other.columnTypes());
    }

    private List<Map.Entry<String, Schema>> columnTypes() {
        return table.columns().stream()
                .map(column -> Map.entry(column.name(), typeOf(column)))
                .toList();
    }

    private static Schema modifierType(TableSchema table) {
        String modifier = table.modifier();
        return modifier == null ? NULL : typeOf(table.column(modifier));
    }

    private static Field field(Column column, Schema type) {
        Field field = new Field(AvroName.of(column.name()), type, null, null);
        field.addProp(COLUMN, column.name());
        field.addProp("mysql", column.type());
        return field;
    }

    private static Schema typeOf(Column column) {
        List<Schema> branches = new ArrayList<>();
        if (column.nullable()) {
            branches.add(NULL);
        }
        branches.add(plainType(column));
        if (hasTextBranch(column.kind())) {
            branches.add(STRING);
        } else if (column.hasEmptyMember()) {
            branches.add(Schema.create(Schema.Type.LONG));
        } else if (column.hasCharactersBeyondUnicode()) {
            branches.add(Schema.create(Schema.Type.BYTES));
        } else if (column.kind() == ColumnKind.TYPED_JSON) {
            branches.add(TypedJson.SCHEMA);
        }
        return branches.size() == 1 ? branches.get(0) : Schema.createUnion(branches);
    }

    /** Kinds with values that their logical type cannot hold. */
    static boolean hasTextBranch(ColumnKind kind) {
        return kind.isTemporal() || kind == ColumnKind.TIME;
    }

    /** Whether a column's union ends with a branch for values that the plain type cannot hold. */
    static boolean hasOtherBranch(Column column) {
        return hasTextBranch(column.kind())
                || column.hasEmptyMember()
                || column.hasCharactersBeyondUnicode()
                || column.kind() == ColumnKind.TYPED_JSON;
    }

    private static Schema plainType(Column column) {
        return switch (column.kind()) {
            case INT, YEAR -> Schema.create(Schema.Type.INT);
            case LONG -> Schema.create(Schema.Type.LONG);
            case UNSIGNED_LONG -> LogicalTypes.decimal(20).addToSchema(Schema.create(Schema.Type.BYTES));
            case DECIMAL ->
                LogicalTypes.decimal(column.precision(), column.scale()).addToSchema(Schema.create(Schema.Type.BYTES));
            case FLOAT -> Schema.create(Schema.Type.FLOAT);
            case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
            case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case DATETIME -> LogicalTypes.localTimestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case TIMESTAMP -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case TIME -> LogicalTypes.timeMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case TEXT, ENUM, SET, JSON, TYPED_JSON -> Schema.create(Schema.Type.STRING);
            case BIT, BINARY, GEOMETRY -> Schema.create(Schema.Type.BYTES);
        };
    }
}
