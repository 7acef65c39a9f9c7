package io.syncline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessUsageTest {

    private static final String STAT =
            "4711 (a (odd) name) S 1 4711 4711 0 -1 4194560 100 0 3 0 250 50 7 8 20 0 30 0 123 456 789";

    @Test
    void cpuIsThatOfUserAndSystemWhateverTheProgramIsCalled() {
        assertThat(ProcessUsage.parse(STAT, "").cpuSeconds()).isEqualTo(3.0);
    }

    @Test
    void thePeakIsReadFromTheStatus() {
        String status = "Name:\tjava\nVmHWM:\t  262144 kB\nVmRSS:\t   1024 kB\n";
        assertThat(ProcessUsage.parse(STAT, status).peakMebibytes()).isEqualTo(256.0);
    }

    @Test
    void aProcessWithoutMemoryOfItsOwnHasNoPeak() {
        assertThat(ProcessUsage.parse(STAT, "Name:\tkthreadd\n").peakMebibytes())
                .isZero();
    }
}
