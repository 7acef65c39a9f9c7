package io.syncline.extractor.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.row.RowDigest;
import org.junit.jupiter.api.Test;

final class RecentRowsTest {

    private final RecentRows recent = new RecentRows();

    @Test
    void aRowIsKnownByItsKeyAndItsValues() {
        recent.add(10, digest(1), digest(100));

        assertThat(recent.contains(digest(1), digest(100))).isTrue();
        assertThat(recent.contains(digest(1), digest(101))).isFalse();
        assertThat(recent.contains(digest(2), digest(100))).isFalse();
    }

    @Test
    void aValueThatGoesBackIsNewAgain() {
        recent.add(10, digest(1), digest(100));
        recent.add(11, digest(1), digest(101));

        assertThat(recent.contains(digest(1), digest(100))).isFalse();
        recent.add(12, digest(1), digest(100));
        assertThat(recent.contains(digest(1), digest(100))).isTrue();
        assertThat(recent.contains(digest(1), digest(101))).isFalse();
        assertThat(recent.size()).isEqualTo(1);
    }

    @Test
    void aForgottenRowIsNewAgainAlsoBehindARestart() {
        recent.add(10, digest(1), digest(100));
        recent.add(10, digest(2), digest(200));

        recent.forget(digest(1));

        assertThat(recent.contains(digest(1), digest(100))).isFalse();
        assertThat(RecentRows.of(recent.toBytes()).contains(digest(1), digest(100)))
                .isFalse();
        assertThat(recent.contains(digest(2), digest(200))).isTrue();
    }

    @Test
    void rowsBelowTheWatermarkAreForgottenAndThoseAtItAreNot() {
        recent.add(9, digest(1), digest(1));
        recent.add(10, digest(2), digest(2));
        recent.add(11, digest(3), digest(3));

        recent.forgetBelow(10);

        assertThat(recent.contains(digest(1), digest(1))).isFalse();
        assertThat(recent.contains(digest(2), digest(2))).isTrue();
        assertThat(recent.contains(digest(3), digest(3))).isTrue();
    }

    @Test
    void whatIsPersistedComesBack() {
        recent.add(-5, digest(1), digest(10));
        recent.add(5, digest(2), digest(20));

        RecentRows restored = RecentRows.of(recent.toBytes());

        assertThat(restored.size()).isEqualTo(2);
        assertThat(restored.contains(digest(1), digest(10))).isTrue();
        restored.forgetBelow(0);
        assertThat(restored.contains(digest(1), digest(10))).isFalse();
        assertThat(restored.contains(digest(2), digest(20))).isTrue();
        assertThat(RecentRows.of(new byte[0]).size()).isZero();
    }

    @Test
    void onlyWhatWasPublishedLastIsPersisted() {
        recent.add(-2, digest(-2), digest(-2));
        recent.add(-1, digest(-1), digest(-1));
        for (int i = 0; i < RecentRows.MOST_PERSISTED + 9; i++) {
            recent.add(i, digest(i), digest(i));
        }
        recent.add(-1, digest(-1), digest(1));

        RecentRows restored = RecentRows.of(recent.toBytes());

        assertThat(restored.size()).isEqualTo(RecentRows.MOST_PERSISTED);
        assertThat(restored.contains(digest(-2), digest(-2))).isFalse();
        assertThat(restored.contains(digest(9), digest(9))).isFalse();
        assertThat(restored.contains(digest(10), digest(10))).isTrue();
        assertThat(restored.contains(digest(-1), digest(1))).isTrue();
    }

    @Test
    void whenItIsFullNewKeysAreNotRememberedButKnownOnesStayRight() {
        for (int i = 0; i < RecentRows.MOST; i++) {
            recent.add(i, digest(i), digest(i));
        }

        recent.add(RecentRows.MOST, digest(-1), digest(-1));
        recent.add(RecentRows.MOST, digest(7), digest(-7));

        assertThat(recent.size()).isEqualTo(RecentRows.MOST);
        assertThat(recent.isFull()).isTrue();
        assertThat(recent.contains(digest(-1), digest(-1))).isFalse();
        assertThat(recent.contains(digest(7), digest(7))).isFalse();
        assertThat(recent.contains(digest(7), digest(-7))).isTrue();
    }

    private static RowDigest digest(int number) {
        return new RowDigest(number * 0x9e3779b97f4a7c15L, number);
    }
}
