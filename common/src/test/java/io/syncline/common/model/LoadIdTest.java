package io.syncline.common.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class LoadIdTest {

    private static final Instant NOW = Instant.parse("2024-02-29T12:00:00Z");

    @Test
    void idsOfTheSameInstantAscendAsTextAndNeverRepeat() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            ids.add(LoadId.next(NOW).text());
        }

        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aClockThatIsSetBackDoesNotTakeTheIdsWithIt() {
        LoadId before = LoadId.next(NOW);

        assertThat(LoadId.next(NOW.minusSeconds(3600)).text()).isGreaterThan(before.text());
    }

    @Test
    void theTextIsSecondsWithSevenDecimals() {
        assertThat(LoadId.next(NOW).text()).matches("\\d{10}\\.\\d{7}");
    }

    @Test
    void theTextIsAsciiInEveryLanguage() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(LoadId.next(NOW).text()).matches("[0-9]{10}\\.[0-9]{7}");
        } finally {
            Locale.setDefault(before);
        }
    }
}
