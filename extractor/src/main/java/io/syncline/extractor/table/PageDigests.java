package io.syncline.extractor.table;

import io.syncline.common.row.RowDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the rows of a table add up to behind each of its first pages, by which the next reading tells early that they have
 * changed. Belongs to the thread of the owned partition.
 */
final class PageDigests {

    /** 32 bytes each; later pages are compared by the sum of all rows. */
    static final int MOST_PAGES = 10_000;

    static final PageDigests NONE = new PageDigests();

    private final List<RowDigest> sums = new ArrayList<>();
    private byte[] whole = WatermarkEdit.NONE;

    /** Adds the sum behind the next page. */
    void add(RowDigest sum) {
        if (sums.size() < MOST_PAGES) {
            sums.add(sum);
        }
    }

    /** Ends them with the digest of the whole table. */
    void end(byte[] digest) {
        whole = digest;
    }

    /** Whether they are of the table that has this digest. */
    boolean areOf(byte[] digest) {
        return whole.length > 0 && Arrays.equals(whole, digest);
    }

    /** Whether the newest page of those here is another one there; pages that there are not tell nothing. */
    boolean differFrom(PageDigests other) {
        int page = sums.size() - 1;
        return page >= 0 && page < other.sums.size() && !sums.get(page).equals(other.sums.get(page));
    }
}
