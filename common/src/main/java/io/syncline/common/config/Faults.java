package io.syncline.common.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a configuration, so that all of it is reported together. Not thread-safe. */
public final class Faults {

    private final List<String> messages = new ArrayList<>();

    /**
     * Notes a fault.
     *
     * @param place the variable or the path within a file
     * @param message the value, what is wrong, and the remedy
     */
    public void add(String place, String message) {
        messages.add(place + ": " + message);
    }

    public boolean isEmpty() {
        return messages.isEmpty();
    }

    /** @throws ConfigurationException with every fault, where there is one */
    public void throwIfAny() {
        if (!messages.isEmpty()) {
            throw new ConfigurationException(messages);
        }
    }
}
