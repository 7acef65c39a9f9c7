package io.syncline.systemtests.faults;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * A service, as it ships, that came to a {@link StopPoint} and stands still there with all of its threads. It is never let go: what
 * ends it is SIGKILL. Belongs to the test's thread.
 */
public final class HeldService implements AutoCloseable {

    private final Service service;
    private final Debugger debugger;

    private HeldService(Service service, Debugger debugger) {
        this.service = service;
        this.debugger = debugger;
    }

    /**
     * Starts a service and returns when it stands at the point.
     *
     * @throws AssertionError where it does not come there, or there is no such point in its code
     */
    public static HeldService at(StopPoint point, Scenario scenario, Supplier<Service> start)
            throws IOException, InterruptedException {
        Debugger debugger = Debugger.listen();
        scenario.set("JDK_JAVA_OPTIONS", "-Xmx256m " + debugger.javaOption());
        Service service = start.get();
        scenario.set("JDK_JAVA_OPTIONS", "");
        HeldService held = new HeldService(service, debugger);
        try {
            point.requireIn(service.jar());
            debugger.runTo(point);
            return held;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            held.close();
            throw e;
        }
    }

    /** SIGKILL where it stands. */
    @Override
    public void close() throws IOException {
        service.kill();
        debugger.close();
    }
}
