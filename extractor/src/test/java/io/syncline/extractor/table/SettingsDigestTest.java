package io.syncline.extractor.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.ColumnKind;
import io.syncline.extractor.SampleTable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SettingsDigestTest {

    @Test
    void settingsThatDecideWhichRowsTravelChangeIt() {
        assertThat(digest("id", null, null)).isEqualTo(digest("id", null, null));
        assertThat(digest("id", "a = 1", null)).isNotEqualTo(digest("id", null, null));
        assertThat(digest("id", null, "2024-01-01")).isNotEqualTo(digest("id", null, null));
        assertThat(digest("changed", null, null)).isNotEqualTo(digest("id", null, null));
        assertThat(digest("id", "x", null)).isNotEqualTo(digest("id", null, "x"));
    }

    private static String digest(String key, @Nullable String where, @Nullable String initialValue) {
        return SettingsDigest.of(SampleTable.named("shop", "orders")
                .column("id", ColumnKind.INT)
                .column("changed", ColumnKind.DATETIME)
                .key(key)
                .modifier("changed")
                .source(where, initialValue)
                .settings());
    }
}
