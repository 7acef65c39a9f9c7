package io.syncline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ProgressBar bar = new ProgressBar(10);

    @Test
    void itFillsWithTheRows() {
        assertThat(bar.render(26_000, 52_000)).isEqualTo("[#####.....]  50 %  26,000 of 52,000 rows");
    }

    @Test
    void itIsFullOnlyWhenAllIsDone() {
        assertThat(bar.render(999_999, 1_000_000)).startsWith("[#########.]  99 %");
        assertThat(bar.render(1_000_000, 1_000_000)).startsWith("[##########] 100 %");
    }

    @Test
    void moreThanAllIsStillFull() {
        assertThat(bar.render(12, 10)).isEqualTo("[##########] 100 %  12 of 10 rows");
    }

    @Test
    void nothingToDoIsDone() {
        assertThat(bar.render(0, 0)).startsWith("[##########] 100 %");
    }
}
