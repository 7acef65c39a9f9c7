package io.syncline.loader.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.event.SchemaChange;
import io.syncline.common.event.Watermark;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableId;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.SampleColumn;
import io.syncline.loader.SampleTable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CatalogTest {

    private static final TableId USERS = new TableId("shop", "users");
    private static final TableId ORDERS = new TableId("shop", "orders");
    private static final byte[] NONE = {};

    private final RowSchema first = SampleTable.users().rows(1);
    private final RowSchema second = SampleTable.users().rows(2);
    private final Catalog catalog = new Catalog(table -> !table.table().equals("unwanted"));

    @Test
    void everyVersionIsFoundByItsFingerprintAndItsNumber() {
        catalog.add(new SchemaChange(first, "r.users"));
        catalog.add(new SchemaChange(second, "r.users"));

        assertThat(catalog.byFingerprint(first.fingerprint())).contains(first);
        assertThat(catalog.byFingerprint(second.fingerprint())).contains(second);
        assertThat(catalog.byFingerprint(42)).isEmpty();
        assertThat(catalog.version("r.users", 1)).contains(first);
        assertThat(catalog.version("r.users", 2)).contains(second);
        assertThat(catalog.version("r.users", 3)).isEmpty();
        assertThat(catalog.version("r.orders", 1)).isEmpty();
    }

    @Test
    void theNewestVersionIsThatOfTheGreatestNumberWhateverCameLast() {
        assertThat(catalog.newest("r.users")).isEmpty();

        catalog.add(new SchemaChange(second, "r.users"));
        catalog.add(new SchemaChange(first, "r.users"));

        assertThat(catalog.newest("r.users")).contains(second);
    }

    @Test
    void tablesAreKnownByTheirTopics() {
        catalog.add(new SchemaChange(first, "r.users"));
        catalog.add(
                new SchemaChange(SampleTable.named("orders").with(idColumn()).rows(), "r.orders"));

        assertThat(catalog.rowsTopics()).containsExactly("r.orders", "r.users");
        assertThat(catalog.topic(USERS)).isEqualTo("r.users");
        assertThat(catalog.topic(new TableId("shop", "Users"))).isNull();
    }

    @Test
    void tablesThatNobodyWantsAreNotThere() {
        RowSchema unwanted = SampleTable.named("unwanted").with(idColumn()).rows();
        catalog.add(new SchemaChange(unwanted, "r.unwanted"));
        catalog.add(watermark(unwanted.table().id(), "1.0", 5, true));

        assertThat(catalog.rowsTopics()).isEmpty();
        assertThat(catalog.byFingerprint(unwanted.fingerprint())).isEmpty();
        assertThat(catalog.watermarks()).isEmpty();
        assertThat(catalog.takeFinishedLoads()).isEmpty();
    }

    @Test
    void theLastWatermarkOfATableCounts() {
        catalog.add(watermark(USERS, "1.0", 5, false));
        catalog.add(watermark(USERS, "2.0", 5, false));
        catalog.add(watermark(ORDERS, "3.0", 5, false));

        assertThat(catalog.watermarks()).containsOnlyKeys(USERS, ORDERS);
        assertThat(catalog.watermarks().values()).extracting(Watermark::loadId).containsExactlyInAnyOrder("2.0", "3.0");
    }

    @Test
    void finishedLoadsAreHandedOutOnceTheOldestFirst() {
        catalog.add(watermark(USERS, "1.0", 5, true));
        catalog.add(watermark(ORDERS, "2.0", 5, true));
        catalog.add(watermark(USERS, "3.0", 5, true));

        assertThat(catalog.takeFinishedLoads()).extracting(FinishedLoad::id).containsExactly("1.0", "2.0", "3.0");
        assertThat(catalog.takeFinishedLoads()).isEmpty();
    }

    @Test
    void loadsThatAreUnderWayOrFoundNothingAreNone() {
        catalog.add(watermark(USERS, "1.0", 5, false));
        catalog.add(watermark(USERS, "2.0", 0, true));

        assertThat(catalog.takeFinishedLoads()).isEmpty();
    }

    private static SampleColumn idColumn() {
        return SampleColumn.of("id", ColumnKind.INT);
    }

    private static Watermark watermark(TableId table, @Nullable String load, long rows, boolean finished) {
        return new Watermark(
                table,
                "",
                Watermark.Phase.INCREMENTAL,
                1,
                null,
                null,
                null,
                NONE,
                0,
                NONE,
                NONE,
                load,
                rows,
                finished,
                "topic-1",
                List.of(),
                0,
                null);
    }
}
