package io.syncline.systemtests.faults;

import io.syncline.systemtests.pipeline.Service;
import java.util.function.Supplier;

/** One of the services, always the newest process of it. Belongs to the test's thread. */
final class ServiceVictim implements Victim {

    private final String name;
    private final Supplier<Service> starts;
    private Service service;

    ServiceVictim(String name, Supplier<Service> starts) {
        this.name = name;
        this.starts = starts;
        this.service = starts.get();
    }

    Service service() {
        return service;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long pid() {
        return service.pid();
    }

    @Override
    public void kill() {
        service.kill();
    }

    @Override
    public void restart() {
        service = starts.get();
    }
}
