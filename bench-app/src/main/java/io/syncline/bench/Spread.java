package io.syncline.bench;

import java.util.List;

/** The middle of several measurements, and how far they lie apart. */
record Spread(double median, double least, double most) {

    static Spread of(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Spread(quantile(sorted, 0.5), sorted[0], sorted[sorted.length - 1]);
    }

    /** Between two neighbours the way is straight. */
    static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    static double quantile(List<Double> values, double share) {
        return quantile(
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray(), share);
    }

    /** With the digits that mean something. */
    Spread rounded() {
        return new Spread(rounded(median), rounded(least), rounded(most));
    }

    static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
