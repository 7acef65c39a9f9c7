package io.syncline.systemtests.faults;

/**
 * One thing that goes wrong in a round.
 *
 * @param victim a process or a link
 * @param at milliseconds from the round's beginning
 * @param lasts milliseconds until it is mended
 */
record Fault(String victim, Kind kind, int at, int lasts) {

    /** How it goes wrong: for processes the first two, for links the others. */
    enum Kind {
        KILL,
        PAUSE,
        DROP,
        DELAY,
        STALL,
        HALVE
    }

    int until() {
        return at + lasts;
    }

    @Override
    public String toString() {
        return "%s %s at %.1f s for %.1f s".formatted(kind, victim, at / 1000.0, lasts / 1000.0);
    }
}
