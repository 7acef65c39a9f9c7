package io.syncline.extractor.source;

import java.time.Duration;
import java.time.LocalDateTime;

/**
 * What the source's clock showed at one look, and for how long its oldest transaction or statement had been at work.
 *
 * @param utc now, in UTC
 * @param local now, in the server's own time zone
 * @param oldest age of the oldest transaction or statement under way, at least the precision with which ages are known
 * @param nanoTime of this process when the look began
 */
public record SourceMoment(LocalDateTime utc, LocalDateTime local, Duration oldest, long nanoTime) {

    /** How long ago, by this process's clock. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    /** How far the server's zone is ahead of UTC. */
    public Duration zone() {
        return Duration.between(utc, local);
    }

    /** When the oldest transaction that may still be open began. */
    public LocalDateTime oldestBegan() {
        return utc.minus(oldest);
    }
}
