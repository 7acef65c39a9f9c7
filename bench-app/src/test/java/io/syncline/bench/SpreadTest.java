package io.syncline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void theOrderOfTheRoundsDoesNotMatter() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 3));
    }

    @Test
    void betweenTwoRoundsTheMiddleIsTaken() {
        assertThat(Spread.of(List.of(4.0, 2.0)).median()).isEqualTo(3.0);
    }

    @Test
    void aQuantileLiesBetweenItsNeighbours() {
        List<Double> values = List.of(0.0, 10.0, 20.0, 30.0, 40.0);
        assertThat(Spread.quantile(values, 0.9)).isEqualTo(36.0);
        assertThat(Spread.quantile(values, 1)).isEqualTo(40.0);
    }
}
