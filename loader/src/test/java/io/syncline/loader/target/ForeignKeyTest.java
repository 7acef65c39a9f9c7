package io.syncline.loader.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.TableId;
import org.junit.jupiter.api.Test;

final class ForeignKeyTest {

    private static final TableId LINES = new TableId("shop", "lines");

    @Test
    void aClauseIsTakenApartAndSaidWithTheTargetsName() {
        ForeignKey key = ForeignKey.parse(
                "CONSTRAINT `f``k` FOREIGN KEY (`a`, `b)`) REFERENCES `or``ders` (`x`, `y`) ON DELETE SET NULL"
                        + " ON UPDATE CASCADE",
                LINES);

        assertThat(key.name()).isEqualTo("f`k");
        assertThat(key.columns()).containsExactly("a", "b)");
        assertThat(key.referenced()).isEqualTo(new TableId("shop", "or`ders"));
        assertThat(key.referencedColumns()).containsExactly("x", "y");
        assertThat(key.clause("orders_copy"))
                .isEqualTo("ADD CONSTRAINT `f``k` FOREIGN KEY (`a`, `b)`) REFERENCES `orders_copy` (`x`, `y`)"
                        + " ON DELETE SET NULL ON UPDATE CASCADE");
    }

    @Test
    void namesThatMariaDbDoesNotQuoteRightAreRead() {
        ForeignKey key =
                ForeignKey.parse("CONSTRAINT `par`ents` FOREIGN KEY (`a`b`, `c`) REFERENCES `p` (`q`u`, `d`)", LINES);

        assertThat(key.clause("p"))
                .isEqualTo("ADD CONSTRAINT `par``ents` FOREIGN KEY (`a``b`, `c`) REFERENCES `p` (`q``u`, `d`)");
    }

    @Test
    void aTableOfAnotherDatabaseIsNamedWithIt() {
        ForeignKey key = ForeignKey.parse("CONSTRAINT `f` FOREIGN KEY (`a`) REFERENCES `other`.`orders` (`id`)", LINES);

        assertThat(key.referenced()).isEqualTo(new TableId("other", "orders"));
        assertThat(key.clause("orders")).endsWith("REFERENCES `orders` (`id`)");
    }
}
