package io.syncline.loader.write;

import java.util.concurrent.Semaphore;

/**
 * Keeps writers that hold large rows from filling the heap together: each takes what its batch will need and waits while
 * others have it. Thread-safe.
 */
public final class MemoryBudget {

    private static final int UNIT = 1024;
    /** A row is held as it came, as what is sent, and as what the driver makes of that. */
    private static final int COPIES = 3;

    private final int units;
    private final Semaphore free;

    public MemoryBudget(long bytes) {
        this.units = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
        this.free = new Semaphore(units, true);
    }

    /** What a batch holds of the budget until it is closed. */
    interface Share extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for a batch's share; one that is larger than the whole budget waits until nobody else has any of it. */
    Share take(long batchBytes) throws InterruptedException {
        int share = (int) Math.min(units, batchBytes * COPIES / UNIT);
        free.acquire(share);
        return () -> free.release(share);
    }
}
