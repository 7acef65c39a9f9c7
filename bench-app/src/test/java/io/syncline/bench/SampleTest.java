package io.syncline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void cpuBecomesAShareOfACoreAndTheRestStays() {
        Sample sample = new Sample("x", Map.of("loader CPU s", 3.0, "loader peak MiB", 100.0)).perSecond(60);
        assertThat(sample.figures()).isEqualTo(Map.of("loader CPU % of a core", 5.0, "loader peak MiB", 100.0));
    }
}
