package io.syncline.common.run;

import java.util.Optional;
import java.util.stream.Stream;

/** Looks behind a failure. */
public final class Causes {

    private Causes() {}

    /** The failure itself, or the first cause behind it, that is of this kind. */
    public static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> kind) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }
}
