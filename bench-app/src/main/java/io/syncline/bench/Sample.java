package io.syncline.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One measurement of one contender.
 *
 * @param figures by name, the unit in the name; in the order in which to show them
 */
record Sample(String contender, Map<String, Double> figures) {

    static final String WALL = "wall s";
    static final String CPU = " CPU s";

    Sample {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** CPU seconds as a share of one core. */
    Sample perSecond(double seconds) {
        Map<String, Double> shares = new LinkedHashMap<>();
        figures.forEach((name, value) -> {
            if (name.endsWith(CPU)) {
                shares.put(name.replace(CPU, " CPU % of a core"), value * 100 / seconds);
            } else {
                shares.put(name, value);
            }
        });
        return new Sample(contender, shares);
    }

    Sample with(String name, double value) {
        Map<String, Double> more = new LinkedHashMap<>(figures);
        more.put(name, value);
        return new Sample(contender, more);
    }
}
