package io.syncline.loader.catalog;

import io.syncline.common.event.SchemaChange;
import io.syncline.common.event.Watermark;
import io.syncline.common.model.TableId;
import io.syncline.common.row.RowSchema;
import java.time.Instant;
import java.util.List;

/** Catalogs for tests, filled as the tail fills them. */
public final class SampleCatalog {

    private SampleCatalog() {}

    /** A catalog of these schemas, each table's rows on the topic {@code rows.<table>}. */
    public static Catalog of(RowSchema... schemas) {
        Catalog catalog = new Catalog(table -> true);
        for (RowSchema schema : schemas) {
            add(catalog, schema);
        }
        return catalog;
    }

    public static void add(Catalog catalog, RowSchema schema) {
        catalog.add(new SchemaChange(schema, "rows." + schema.table().id().table()));
    }

    public static void add(Catalog catalog, Watermark watermark) {
        catalog.add(watermark);
    }

    /** What is known of a table when all up to these offsets is published, by a pass that has ended at some time. */
    public static Watermark published(TableId table, Watermark.Phase phase, Long... ends) {
        byte[] none = {};
        return new Watermark(
                table,
                "",
                phase,
                1,
                null,
                null,
                null,
                none,
                0,
                none,
                none,
                null,
                0,
                true,
                "topic-1",
                List.of(ends),
                0,
                Instant.EPOCH);
    }
}
