package io.syncline.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** Measures from its making on what processes use. Not thread-safe. */
final class Meter {

    private final Map<String, Long> pids = new LinkedHashMap<>();
    private final Map<String, Double> before = new LinkedHashMap<>();
    private final long began = System.nanoTime();

    /** A process that has run before, by what people call it. */
    Meter running(String name, long pid) {
        pids.put(name, pid);
        before.put(name, ProcessUsage.of(pid).cpuSeconds());
        return this;
    }

    /** A process started since, all of whose use counts. */
    void started(String name, long pid) {
        pids.put(name, pid);
        before.put(name, 0.0);
    }

    double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    /** To be called while the processes still run. */
    Sample stop(String contender) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(Sample.WALL, seconds());
        pids.forEach((name, pid) -> {
            ProcessUsage usage = ProcessUsage.of(pid);
            figures.put(name + Sample.CPU, usage.cpuSeconds() - before.getOrDefault(name, 0.0));
            figures.put(name + " peak MiB", usage.peakMebibytes());
        });
        return new Sample(contender, figures);
    }
}
