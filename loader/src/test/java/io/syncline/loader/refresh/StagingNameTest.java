package io.syncline.loader.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StagingNameTest {

    private static final int LONGEST = 64;

    @Test
    void everyNameIsShortEnoughForMySql() {
        for (String table : List.of("t", "x".repeat(64), "订".repeat(64), "\ud83d\ude00".repeat(32))) {
            assertThat(StagingName.of(table, Long.MAX_VALUE)).hasSizeLessThanOrEqualTo(LONGEST);
            assertThat(StagingName.old(table)).hasSizeLessThanOrEqualTo(LONGEST);
        }
    }

    @Test
    void everyTableAndGenerationHasItsOwn() {
        Set<String> names = new HashSet<>();
        for (String table : List.of("a", "A", "a_1", "a_1_1", "x".repeat(64), "x".repeat(63) + "y")) {
            for (long generation : new long[] {1, 2, 11, 111}) {
                assertThat(names.add(StagingName.of(table, generation))).isTrue();
            }
            assertThat(names.add(StagingName.old(table))).isTrue();
        }
    }

    @Test
    void aCrashedLoadersSuccessorFindsTheSameNames() {
        assertThat(StagingName.of("users", 3)).isEqualTo("_syncline_stage_7dfb4cf67742cb06_3");
        assertThat(StagingName.old("users")).isEqualTo("_syncline_old_7dfb4cf67742cb06");
    }
}
