package io.syncline.common.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class UniqueIndexTest {

    @Test
    void aKeyIsBackedByAnIndexOverItOrOverAPartOfIt() {
        UniqueIndex index = new UniqueIndex("PRIMARY", List.of("a", "B"), false, true);

        assertThat(index.backs(List.of("a", "b"))).isTrue();
        assertThat(index.backs(List.of("b", "A", "c"))).isTrue();
        assertThat(index.backs(List.of("a"))).isFalse();
        assertThat(index.backs(List.of("a", "c"))).isFalse();
    }

    @Test
    void anIndexThatLetsNullsInOrIndexesExpressionsBacksNothing() {
        assertThat(new UniqueIndex("u", List.of("a"), true, true).backs(List.of("a")))
                .isFalse();
        assertThat(new UniqueIndex("u", List.of(), false, true).backs(List.of("a")))
                .isFalse();
    }
}
