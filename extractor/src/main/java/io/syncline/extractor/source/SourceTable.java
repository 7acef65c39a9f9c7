package io.syncline.extractor.source;

import io.syncline.common.config.TableSettings;
import io.syncline.common.model.Column;
import io.syncline.common.model.TableId;
import io.syncline.common.row.ModifierOrder;
import io.syncline.common.row.RowSchema;
import java.util.Optional;

/** A table with its settings in one version of its structure. */
public record SourceTable(TableSettings settings, RowSchema schema) {

    public TableId id() {
        return schema.table().id();
    }

    public Optional<Column> modifier() {
        return settings.modifier().map(name -> schema.table().column(name));
    }

    public Optional<ModifierOrder> modifierOrder() {
        return modifier().map(column -> new ModifierOrder(column.kind()));
    }
}
