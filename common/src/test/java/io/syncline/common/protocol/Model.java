package io.syncline.common.protocol;

import java.util.List;
import java.util.Optional;

/**
 * A protocol made small: its states and what may happen in each. Whoever takes part may stand still between any two steps for as
 * long as the others like, which is how a paused process looks.
 *
 * @param <S> a state, equal to every other that differs in nothing
 */
interface Model<S> {

    S start();

    List<Step<S>> steps(S state);

    /** What must never be; empty where all is well. */
    Optional<String> violation(S state);

    /** What must remain within reach from every state. */
    boolean isGoal(S state);

    /** Something that happens, and what is then. */
    record Step<S>(String name, S next) {}
}
