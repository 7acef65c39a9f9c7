package io.syncline.common.kafka;

/**
 * What a partition holds.
 *
 * @param end the offset behind its last record
 */
public record OffsetRange(long first, long end) {

    public boolean holds(long offset) {
        return first <= offset && offset < end;
    }
}
