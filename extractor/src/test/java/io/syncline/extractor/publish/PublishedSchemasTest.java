package io.syncline.extractor.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.event.SchemaChange;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableSchema;
import io.syncline.common.row.RowSchema;
import io.syncline.extractor.SampleTable;
import org.junit.jupiter.api.Test;

final class PublishedSchemasTest {

    private final PublishedSchemas schemas = new PublishedSchemas();

    @Test
    void anUnknownTableBeginsWithVersionOne() {
        assertThat(schemas.versionFor(orders(ColumnKind.INT, 0), 0).table().version())
                .isEqualTo(1);
        assertThat(schemas.newest(orders(ColumnKind.INT, 0).id())).isEmpty();
    }

    @Test
    void aKnownStructureKeepsItsVersionAndAnotherGetsTheNext() {
        schemas.add(event(orders(ColumnKind.INT, 4)));

        assertThat(schemas.versionFor(orders(ColumnKind.INT, 0), 0).table().version())
                .isEqualTo(4);
        assertThat(schemas.versionFor(orders(ColumnKind.LONG, 0), 0).table().version())
                .isEqualTo(5);
    }

    @Test
    void theNewestVersionCountsInWhateverOrderTheyCome() {
        schemas.committed(RowSchema.of(orders(ColumnKind.LONG, 2)));
        schemas.add(event(orders(ColumnKind.INT, 1)));

        assertThat(schemas.newest(orders(ColumnKind.INT, 0).id()))
                .map(schema -> schema.table().version())
                .contains(2);
    }

    @Test
    void aVersionThatTheTopicHasLostIsNotGivenAgain() {
        assertThat(schemas.versionFor(orders(ColumnKind.INT, 0), 6).table().version())
                .isEqualTo(7);
        schemas.add(event(orders(ColumnKind.INT, 4)));
        assertThat(schemas.versionFor(orders(ColumnKind.INT, 0), 6).table().version())
                .isEqualTo(7);
        assertThat(schemas.versionFor(orders(ColumnKind.INT, 0), 4).table().version())
                .isEqualTo(4);
    }

    @Test
    void aStructureThatGoesBackIsANewVersion() {
        schemas.add(event(orders(ColumnKind.INT, 1)));
        schemas.add(event(orders(ColumnKind.LONG, 2)));

        assertThat(schemas.versionFor(orders(ColumnKind.INT, 0), 0).table().version())
                .isEqualTo(3);
    }

    @Test
    void foreignEventsAreLeftAside() {
        schemas.add(new byte[] {1, 2, 3});

        assertThat(schemas.newest(orders(ColumnKind.INT, 0).id())).isEmpty();
    }

    private static byte[] event(TableSchema table) {
        return new SchemaChange(RowSchema.of(table), "t").value();
    }

    private static TableSchema orders(ColumnKind kind, int version) {
        return SampleTable.named("shop", "orders").column("id", kind).key("id").version(version);
    }
}
