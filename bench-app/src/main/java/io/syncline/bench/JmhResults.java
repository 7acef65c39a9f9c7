package io.syncline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the file that JMH writes with {@code -rf json}, of benchmarks whose scores are nanoseconds. */
final class JmhResults {

    private static final String ROWS = "rows";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private JmhResults() {}

    /** One sample for each benchmark and set of parameters; a parameter of rows says how many a score is of. */
    static List<Sample> samples(JsonNode results) {
        List<Sample> samples = new ArrayList<>();
        for (JsonNode result : results) {
            double rows = result.path("params").path(ROWS).asDouble(1);
            double nanos = result.path("primaryMetric").path("score").asDouble();
            double bytes = result.path("secondaryMetrics")
                    .path(ALLOCATED)
                    .path("score")
                    .asDouble();
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("ns per row", nanos / rows);
            figures.put("rows per s", 1e9 * rows / nanos);
            figures.put("allocated bytes per row", bytes / rows);
            samples.add(new Sample(name(result), figures));
        }
        return samples;
    }

    /** The method and the parameters' values. */
    private static String name(JsonNode result) {
        String benchmark = result.path("benchmark").asText();
        StringBuilder name = new StringBuilder(benchmark.substring(benchmark.lastIndexOf('.') + 1));
        result.path("params").properties().forEach(parameter -> {
            name.append(", ").append(parameter.getValue().asText());
            if (parameter.getKey().equals(ROWS)) {
                name.append(" rows");
            }
        });
        return name.toString();
    }
}
