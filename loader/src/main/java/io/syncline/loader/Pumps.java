package io.syncline.loader;

import io.syncline.loader.consume.PartitionPump;
import org.jspecify.annotations.Nullable;

/** Lets the tail wake the pump, which is made after it. Thread-safe. */
final class Pumps {

    private volatile @Nullable PartitionPump pump;

    void set(PartitionPump made) {
        pump = made;
    }

    void wakeUp() {
        PartitionPump running = pump;
        if (running != null) {
            running.wakeUp();
        }
    }
}
