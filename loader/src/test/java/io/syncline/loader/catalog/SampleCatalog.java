package io.syncline.loader.catalog;

import io.syncline.common.event.SchemaChange;
import io.syncline.common.row.RowSchema;

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
}
