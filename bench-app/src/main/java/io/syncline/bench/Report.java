package io.syncline.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the rounds of one case say together: for each contender and figure the spread, and the wall time's ratio to the baseline's. */
final class Report {

    static final String RATIO = "wall, ratio to the baseline";

    private final String baseline;
    private final List<List<Sample>> rounds = new ArrayList<>();

    Report(String baseline) {
        this.baseline = baseline;
    }

    void add(List<Sample> round) {
        rounds.add(List.copyOf(round));
    }

    /** By contender, then by figure. */
    Map<String, Map<String, Spread>> spreads() {
        Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();
        for (List<Sample> round : rounds) {
            double yardstick = round.stream()
                    .filter(sample -> sample.contender().equals(baseline))
                    .mapToDouble(sample -> sample.figures().getOrDefault(Sample.WALL, Double.NaN))
                    .findFirst()
                    .orElse(Double.NaN);
            for (Sample sample : round) {
                Map<String, List<Double>> figures =
                        values.computeIfAbsent(sample.contender(), unknown -> new LinkedHashMap<>());
                sample.figures().forEach((name, value) -> add(figures, name, value));
                Double wall = sample.figures().get(Sample.WALL);
                if (wall != null && !Double.isNaN(yardstick)) {
                    add(figures, RATIO, wall / yardstick);
                }
            }
        }
        Map<String, Map<String, Spread>> spreads = new LinkedHashMap<>();
        values.forEach((contender, figures) -> {
            Map<String, Spread> some = new LinkedHashMap<>();
            figures.forEach(
                    (name, measured) -> some.put(name, Spread.of(measured).rounded()));
            spreads.put(contender, some);
        });
        return spreads;
    }

    /** One figure of all contenders. */
    static Map<String, Spread> figure(Map<String, Map<String, Spread>> spreads, String name) {
        Map<String, Spread> figures = new LinkedHashMap<>();
        spreads.forEach((contender, all) -> {
            Spread spread = all.get(name);
            if (spread != null) {
                figures.put(contender, spread);
            }
        });
        return figures;
    }

    private static void add(Map<String, List<Double>> figures, String name, double value) {
        figures.computeIfAbsent(name, unknown -> new ArrayList<>()).add(value);
    }
}
