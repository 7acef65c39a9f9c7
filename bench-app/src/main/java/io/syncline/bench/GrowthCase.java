package io.syncline.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** First copies of tables of growing size: whether a row costs the same in a large one. */
final class GrowthCase implements Case {

    private static final String SHOP = "shop_growth";
    private static final String COPY = "copy_growth";

    private static final String PER_ROW = "wall µs per row";

    private final List<Integer> sizes;

    GrowthCase(List<Integer> sizes) {
        this.sizes = List.copyOf(sizes);
    }

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String baseline() {
        return "";
    }

    @Override
    public void draw(Path folder, Map<String, Map<String, Spread>> spreads) throws IOException {
        List<Double> micros = Report.figure(spreads, PER_ROW).values().stream()
                .map(Spread::median)
                .toList();
        Pictures.curve(
                folder.resolve(name() + ".png"),
                "First copies of growing tables",
                sizes.stream().map(Integer::doubleValue).toList(),
                micros);
    }

    @Override
    public List<Sample> round(Stand stand) throws Exception {
        stand.target().localInfile(true);
        List<Sample> samples = new ArrayList<>();
        for (int size : sizes) {
            new Orders(stand.source(), SHOP, size).create();
            Sample sample = FirstCopyCase.syncline(stand, size + " rows", SHOP, COPY, size);
            double wall = sample.figures().getOrDefault(Sample.WALL, Double.NaN);
            samples.add(sample.with("rows", size).with(PER_ROW, wall * 1e6 / size));
        }
        return samples;
    }
}
