package io.syncline.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One question, answered by measuring contenders in turn. */
interface Case {

    String name();

    /** The contender that the others are compared with, round by round; empty for none. */
    String baseline();

    /** True for a case that is no part of a run of all. */
    default boolean onRequestAlone() {
        return false;
    }

    /** Measures every contender once; called once a round. */
    List<Sample> round(Stand stand) throws Exception;

    /** Draws what the rounds say into a folder, where there is something to see. */
    default void draw(Path folder, Map<String, Map<String, Spread>> spreads) throws IOException {
        // most cases are a few numbers
    }

    /** Why a contender that belongs here is missing, by its name. */
    default Map<String, String> notMeasured() {
        return Map.of();
    }

    /** What else the result's file holds. */
    default Map<String, Object> details() {
        return Map.of();
    }
}
