package io.syncline.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.Column;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.HostileNames;
import io.syncline.common.model.SampleTable;
import io.syncline.common.model.TableId;
import io.syncline.common.model.TableSchema;
import io.syncline.common.model.TargetRules;
import io.syncline.common.row.RowSchema;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

final class SchemaChangeTest {

    private static final TableSchema ORDERS = new TableSchema(
            new TableId("shop", "größe `x`"),
            7,
            List.of(
                    new Column(
                            "id",
                            "int unsigned",
                            ColumnKind.LONG,
                            0,
                            0,
                            false,
                            null,
                            null,
                            null,
                            null,
                            true,
                            "",
                            1,
                            "int unsigned NOT NULL AUTO_INCREMENT"),
                    new Column(
                            "price",
                            "decimal(10,2)",
                            ColumnKind.DECIMAL,
                            10,
                            2,
                            true,
                            "0.00",
                            null,
                            null,
                            null,
                            false,
                            "in €, 'net'",
                            2,
                            "decimal(10,2) DEFAULT '0.00' COMMENT 'in €, ''net'''"),
                    new Column(
                            "upper",
                            "varchar(20)",
                            ColumnKind.TEXT,
                            0,
                            0,
                            true,
                            "",
                            "utf8mb4",
                            "utf8mb4_bin",
                            "upper(`name`)",
                            false,
                            "",
                            3,
                            "varchar(20) GENERATED ALWAYS AS (upper(`name`)) VIRTUAL"),
                    new Column(
                            "changed",
                            "datetime(6)",
                            ColumnKind.DATETIME,
                            6,
                            0,
                            false,
                            "CURRENT_TIMESTAMP(6)",
                            null,
                            null,
                            null,
                            false,
                            "",
                            5,
                            "datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)")),
            List.of("id"),
            "changed",
            List.of("PRIMARY KEY (`id`)", "CONSTRAINT `c` CHECK ((`price` > 0))"),
            List.of("CONSTRAINT `f` FOREIGN KEY (`id`) REFERENCES `other` (`id`)"),
            "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4",
            "8.4.0",
            new TargetRules(true, false));

    @Test
    void anEventComesBackAsItWas() {
        SchemaChange change = new SchemaChange(RowSchema.of(ORDERS), "syncline.rows.shop.x");

        SchemaChange decoded = SchemaChange.decode(change.value());

        assertThat(decoded).isEqualTo(change);
        assertThat(decoded.schema().fingerprint()).isEqualTo(change.schema().fingerprint());
    }

    @Test
    void aTableWithoutAModifierComesBackWithoutOne() {
        TableSchema countries = SampleTable.named("shop", "countries")
                .nullable("code", ColumnKind.TEXT)
                .key("code")
                .version(1);
        SchemaChange change = new SchemaChange(RowSchema.of(countries), "t");

        assertThat(SchemaChange.decode(change.value())).isEqualTo(change);
    }

    @Test
    void aTableOfEveryKindAndHostileNamesComesBack() {
        SampleTable table = SampleTable.named("a.b", "c`d");
        for (ColumnKind kind : ColumnKind.values()) {
            table.add("of " + kind, kind, 6, 2, kind.name().length() % 2 == 0);
        }
        HostileNames.all().forEach(name -> table.nullable(name, ColumnKind.TEXT));
        SchemaChange change = new SchemaChange(RowSchema.of(table.key("a").version(2)), "t");

        assertThat(SchemaChange.decode(change.value())).isEqualTo(change);
    }

    @Test
    void theRowsAvroSchemaTravelsAsTextThatAnybodyCanParse() {
        SchemaChange change = new SchemaChange(RowSchema.of(ORDERS), "t");

        GenericRecord event = new AvroRecords("schema-change.avsc").decodeFramed(change.value(), read -> read);

        Schema row = new Schema.Parser().parse(event.get("row_schema").toString());
        Schema key = new Schema.Parser().parse(event.get("key_schema").toString());
        assertThat(row).isEqualTo(change.schema().value());
        assertThat(key).isEqualTo(change.schema().key());
    }

    @Test
    void theKeyIsDatabaseTableAndVersion() {
        byte[] key = new SchemaChange(RowSchema.of(ORDERS), "t").key();

        GenericRecord event = new AvroRecords("table-version.avsc").decodePlain(key, read -> read);

        assertThat(event.get("database")).hasToString("shop");
        assertThat(event.get("table")).hasToString("größe `x`");
        assertThat(event.get("version")).isEqualTo(7);
    }

    @Test
    void garbageIsMalformed() {
        byte[] value = new SchemaChange(RowSchema.of(ORDERS), "t").value();

        Garbage.isMalformed(value, SchemaChange::decode);
        Garbage.flippedIsReadOrMalformed(value, SchemaChange::decode);
    }
}
