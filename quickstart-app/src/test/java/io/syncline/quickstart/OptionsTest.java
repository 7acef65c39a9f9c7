package io.syncline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void withoutArgumentsItGoesOnUntilStopped() {
        assertThat(Options.parse()).isEqualTo(new Options(false, false));
    }

    @Test
    void onceEndsByItself() {
        assertThat(Options.parse("--once")).isEqualTo(new Options(true, false));
    }

    @Test
    void anUnknownArgumentIsNamedWithTheUsage() {
        assertThatThrownBy(() -> Options.parse("--twice"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("--twice", "Usage: ./quickstart [--once]");
    }
}
