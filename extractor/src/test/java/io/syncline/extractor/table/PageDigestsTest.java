package io.syncline.extractor.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.row.RowDigest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PageDigestsTest {

    private final PageDigests last = of(1, 2, 3);

    @Test
    void theFirstPageThatIsAnotherTellsThatTheTableHasChanged() {
        PageDigests now = new PageDigests();
        assertThat(now.differFrom(last)).as("before any page").isFalse();
        now.add(sum(1));
        assertThat(now.differFrom(last)).isFalse();
        now.add(sum(20));
        assertThat(now.differFrom(last)).isTrue();
    }

    @Test
    void pagesThatWereNotThereTellNothing() {
        PageDigests now = of(1, 2, 3);
        now.add(sum(4));

        assertThat(now.differFrom(last)).isFalse();
        assertThat(now.differFrom(PageDigests.NONE)).isFalse();
    }

    @Test
    void theyAreOfTheTableWhoseDigestEndsThem() {
        byte[] digest = sum(3).toBytes();
        assertThat(last.areOf(digest)).as("before the end").isFalse();

        last.end(digest);

        assertThat(last.areOf(digest.clone())).isTrue();
        assertThat(last.areOf(sum(4).toBytes())).isFalse();
        assertThat(PageDigests.NONE.areOf(WatermarkEdit.NONE))
                .as("a refresh that was cut off has no digest")
                .isFalse();
    }

    @Test
    void noMoreAreKeptThanASmallHeapHasRoomFor() {
        PageDigests many = of(IntStream.range(0, PageDigests.MOST_PAGES).toArray());
        PageDigests other = of(IntStream.range(0, PageDigests.MOST_PAGES).toArray());
        many.add(sum(-1));
        other.add(sum(-2));

        assertThat(other.differFrom(many)).isFalse();
    }

    private static PageDigests of(int... sums) {
        PageDigests pages = new PageDigests();
        IntStream.of(sums).forEach(each -> pages.add(sum(each)));
        return pages;
    }

    private static RowDigest sum(int number) {
        return new RowDigest(number, number);
    }
}
