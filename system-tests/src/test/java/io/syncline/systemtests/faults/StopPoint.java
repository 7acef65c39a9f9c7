package io.syncline.systemtests.faults;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A place in a service's code, by the names of a class and a method and never by a line, so that it moves with the code. A name that
 * is no longer there is an error, not a place that is never reached. Immutable: each step makes another.
 *
 * @param type the class's full name
 * @param method all of its methods of that name
 * @param side on which side of a call of the method
 * @param caller the method of the same class that the call must come from; empty for any
 * @param turn which call that begins or returns so it is, counted from 1
 */
public record StopPoint(String type, String method, Side side, Optional<String> caller, int turn) {

    /** A side of a call. */
    public enum Side {
        /** Nothing of the method has been done. */
        BEFORE,
        /** The method has returned, and its caller has gone no further. */
        BEHIND
    }

    public static StopPoint before(String type, String method) {
        return new StopPoint(type, method, Side.BEFORE, Optional.empty(), 1);
    }

    public static StopPoint behind(String type, String method) {
        return new StopPoint(type, method, Side.BEHIND, Optional.empty(), 1);
    }

    /** Calls from this method of the same class alone. */
    public StopPoint from(String callingMethod) {
        return new StopPoint(type, method, side, Optional.of(callingMethod), turn);
    }

    /** The n-th call to begin or, behind it, to return, and no earlier one. */
    public StopPoint turn(int n) {
        return new StopPoint(type, method, side, caller, n);
    }

    /** @throws AssertionError where the service has no such code */
    void requireIn(Path jar) {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Class<?> found = Class.forName(type, false, loader);
            require(found, method);
            caller.ifPresent(name -> require(found, name));
        } catch (ClassNotFoundException e) {
            throw new AssertionError("a stop point names a class that " + jar + " does not have: " + type, e);
        } catch (IOException e) {
            throw new AssertionError(jar + " cannot be read", e);
        }
    }

    private static void require(Class<?> found, String name) {
        if (Arrays.stream(found.getDeclaredMethods())
                .noneMatch(declared -> declared.getName().equals(name))) {
            throw new AssertionError("a stop point names a method that is not there: " + found.getName() + "." + name);
        }
    }

    @Override
    public String toString() {
        return side.name().toLowerCase(Locale.ROOT) + " call " + turn + " of " + type + "." + method
                + caller.map(name -> " from " + name).orElse("");
    }
}
