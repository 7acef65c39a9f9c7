package io.syncline.common.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TableSchemaTest {

    private static final TableSchema ORDERS = SampleTable.named("shop", "orders")
            .column("Id", ColumnKind.INT)
            .nullable("größe", ColumnKind.TEXT)
            .key("id")
            .version(1);

    @Test
    void columnsAreFoundWhateverTheirCase() {
        assertThat(ORDERS.column("ID").name()).isEqualTo("Id");
        assertThat(ORDERS.column("GRÖßE").name()).isEqualTo("größe");
        assertThat(ORDERS.keyColumns()).extracting(Column::name).containsExactly("Id");
        assertThat(ORDERS.find("id2")).isEmpty();
    }

    @Test
    void aMissingColumnIsNamed() {
        assertThatThrownBy(() -> ORDERS.column("nope"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shop.orders has no column nope");
    }

    @Test
    void theVersionIsNoPartOfTheStructure() {
        assertThat(ORDERS.sameStructure(ORDERS.withVersion(9))).isTrue();
        assertThat(ORDERS.sameStructure(SampleTable.named("shop", "orders")
                        .column("Id", ColumnKind.LONG)
                        .nullable("größe", ColumnKind.TEXT)
                        .key("id")
                        .version(1)))
                .isFalse();
    }

    @Test
    void aTableWithoutColumnsOrKeyIsNone() {
        assertThatThrownBy(() -> SampleTable.named("shop", "x").key("id").version(1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SampleTable.named("shop", "x")
                        .column("id", ColumnKind.INT)
                        .version(1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TableId("", "x")).isInstanceOf(IllegalArgumentException.class);
    }
}
