package io.syncline.common.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class QuotedTest {

    @Test
    void aNameStandsInBackTicksAndItsOwnAreDoubled() {
        assertThat(Quoted.name("order")).isEqualTo("`order`");
        assertThat(Quoted.name("a`b``; DROP TABLE x; --")).isEqualTo("`a``b````; DROP TABLE x; --`");
    }

    @Test
    void aTableIsNamedWithItsDatabase() {
        assertThat(Quoted.table("my.shop", "a`b")).isEqualTo("`my.shop`.`a``b`");
    }

    @Test
    void namesAreSeparatedByCommas() {
        assertThat(Quoted.names(List.of("a", "b c"))).isEqualTo("`a`, `b c`");
        assertThat(Quoted.names(List.of())).isEmpty();
    }
}
