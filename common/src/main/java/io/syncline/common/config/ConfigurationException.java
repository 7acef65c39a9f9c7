package io.syncline.common.config;

import java.util.List;

/** The service cannot start as it is configured; each fault names its place and the remedy. */
public final class ConfigurationException extends RuntimeException {

    private final List<String> faults;

    public ConfigurationException(List<String> faults) {
        super(String.join(System.lineSeparator(), faults));
        this.faults = List.copyOf(faults);
    }

    public List<String> faults() {
        return faults;
    }
}
