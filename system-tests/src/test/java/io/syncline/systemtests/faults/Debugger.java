package io.syncline.systemtests.faults;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.StepEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.StepRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's debugger, with which another JVM is run until it stands at a {@link StopPoint}. The JVM waits for the debugger before it
 * runs anything, so that no call is missed. Belongs to the test's thread.
 */
final class Debugger implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HERE = "127.0.0.1";

    private final ListeningConnector connector;
    private final Map<String, Connector.Argument> arguments;
    private final String port;
    private @Nullable VirtualMachine machine;

    private Debugger(ListeningConnector connector, Map<String, Connector.Argument> arguments, String port) {
        this.connector = connector;
        this.arguments = arguments;
        this.port = port;
    }

    /** Waits at a free port for the JVM. */
    static Debugger listen() throws IOException {
        ListeningConnector connector = Bootstrap.virtualMachineManager().listeningConnectors().stream()
                .filter(each -> each.name().equals("com.sun.jdi.SocketListen"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        set(arguments, "localAddress", HERE);
        set(arguments, "timeout", Long.toString(PATIENCE.toMillis()));
        try {
            String address = connector.startListening(arguments);
            return new Debugger(connector, arguments, address.substring(address.lastIndexOf(':') + 1));
        } catch (IllegalConnectorArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void set(Map<String, Connector.Argument> arguments, String name, String value) {
        Connector.Argument argument = arguments.get(name);
        if (argument == null) {
            throw new IllegalStateException("the debugger knows no argument " + name);
        }
        argument.setValue(value);
    }

    /** Has a JVM wait for this debugger when it begins. */
    String javaOption() {
        return "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=" + HERE + ":" + port;
    }

    /** Returns when all threads of the JVM stand still at the point. */
    void runTo(StopPoint point) throws IOException, InterruptedException {
        VirtualMachine begun = accept();
        machine = begun;
        ClassPrepareRequest prepared = begun.eventRequestManager().createClassPrepareRequest();
        prepared.addClassFilter(point.type());
        prepared.enable();
        Watch watch = new Watch(point);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            EventSet events = left <= 0 ? null : begun.eventQueue().remove(left);
            if (events == null) {
                throw new AssertionError("not reached within " + PATIENCE + ": " + point);
            }
            for (Event event : events) {
                if (watch.isReached(event)) {
                    return;
                }
            }
            events.resume();
        }
    }

    private VirtualMachine accept() throws IOException {
        try {
            return connector.accept(arguments);
        } catch (IllegalConnectorArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What has been seen on the way to the point. */
    private static final class Watch {

        private final StopPoint point;
        private int turns;
        /** Of the calls that have begun, each on a thread of its own; one that fails is none that returned. */
        private final Map<ThreadReference, Method> callers = new HashMap<>();

        Watch(StopPoint point) {
            this.point = point;
        }

        boolean isReached(Event event) {
            if (event instanceof ClassPrepareEvent prepared) {
                watch(prepared.referenceType());
            } else if (event instanceof BreakpointEvent call) {
                return isReached(call);
            } else if (event instanceof StepEvent step) {
                return isReached(step);
            } else if (event instanceof VMDisconnectEvent) {
                throw new AssertionError("the service ended on its way to: " + point);
            }
            return false;
        }

        private void watch(ReferenceType type) {
            for (Method method : type.methodsByName(point.method())) {
                type.virtualMachine()
                        .eventRequestManager()
                        .createBreakpointRequest(method.location())
                        .enable();
            }
        }

        private boolean isReached(BreakpointEvent call) {
            Method from = caller(call.thread());
            if (!isMeant(from) || callers.containsKey(call.thread())) {
                return false;
            }
            if (point.side() == StopPoint.Side.BEFORE) {
                return ++turns == point.turn();
            }
            callers.put(call.thread(), from);
            StepRequest out = call.virtualMachine()
                    .eventRequestManager()
                    .createStepRequest(call.thread(), StepRequest.STEP_MIN, StepRequest.STEP_OUT);
            out.addCountFilter(1);
            out.enable();
            return false;
        }

        private boolean isReached(StepEvent step) {
            step.virtualMachine().eventRequestManager().deleteEventRequest(step.request());
            boolean hasReturned = step.location().method().equals(callers.remove(step.thread()));
            return hasReturned && ++turns == point.turn();
        }

        private boolean isMeant(Method from) {
            return point.caller()
                    .map(name -> name.equals(from.name())
                            && point.type().equals(from.declaringType().name()))
                    .orElse(true);
        }

        private static Method caller(ThreadReference thread) {
            try {
                return thread.frame(1).location().method();
            } catch (IncompatibleThreadStateException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connector.stopListening(arguments);
        } catch (IllegalConnectorArgumentsException e) {
            throw new IllegalStateException(e);
        } finally {
            dispose(machine);
        }
    }

    private static void dispose(@Nullable VirtualMachine machine) {
        try {
            if (machine != null) {
                machine.dispose();
            }
        } catch (VMDisconnectedException e) {
            // the process is gone already
        }
    }
}
