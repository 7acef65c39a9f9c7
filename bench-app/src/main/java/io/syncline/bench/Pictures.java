package io.syncline.bench;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.Histogram;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws what the documents show, as PNG. */
final class Pictures {

    private static final int WIDTH = 900;
    /** For the name of a contender below its bar. */
    private static final int BAR_WIDTH = 190;

    private static final int HEIGHT = 450;
    private static final int HISTOGRAM_BINS = 40;

    private Pictures() {}

    /** A bar for each contender's wall time, in a file that has the case's name. */
    static void wallTimes(Path folder, Case of, String title, Map<String, Map<String, Spread>> spreads)
            throws IOException {
        bars(folder.resolve(of.name() + ".png"), title, "seconds", Report.figure(spreads, Sample.WALL));
    }

    /** A bar for each contender's median, with marks at the least and the most. */
    private static void bars(Path file, String title, String unit, Map<String, Spread> contenders) throws IOException {
        CategoryChart chart = new CategoryChartBuilder()
                .width(Math.max(WIDTH, contenders.size() * BAR_WIDTH))
                .height(HEIGHT)
                .title(title)
                .yAxisTitle(unit)
                .build();
        chart.getStyler()
                .setAvailableSpaceFill(0.5)
                .setOverlapped(true)
                .setYAxisMin(0.0)
                .setLegendVisible(false)
                .setChartBackgroundColor(Color.WHITE);
        add(chart, "median", contenders, Spread::median);
        mark(add(chart, "least", contenders, Spread::least));
        mark(add(chart, "most", contenders, Spread::most));
        save(file, chart);
    }

    private static CategorySeries add(
            CategoryChart chart, String name, Map<String, Spread> contenders, ToDoubleFunction<Spread> figure) {
        List<Double> heights =
                contenders.values().stream().map(figure::applyAsDouble).toList();
        return chart.addSeries(name, List.copyOf(contenders.keySet()), heights);
    }

    private static void mark(CategorySeries series) {
        series.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Scatter)
                .setMarker(SeriesMarkers.DIAMOND)
                .setMarkerColor(Color.DARK_GRAY);
    }

    static void curve(Path file, String title, List<Double> rows, List<Double> microsPerRow) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("rows")
                .yAxisTitle("µs per row")
                .build();
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setYAxisMin(0.0)
                .setLegendVisible(false)
                .setChartBackgroundColor(Color.WHITE);
        chart.addSeries("Syncline", rows, microsPerRow);
        save(file, chart);
    }

    static void histogram(Path file, String title, List<Double> millis) throws IOException {
        Histogram histogram = new Histogram(millis, HISTOGRAM_BINS, 0, Spread.quantile(millis, 1));
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("ms from commit to visible")
                .yAxisTitle("changes")
                .build();
        chart.getStyler()
                .setAvailableSpaceFill(0.95)
                .setXAxisMaxLabelCount(12)
                .setXAxisDecimalPattern("0")
                .setLegendVisible(false)
                .setChartBackgroundColor(Color.WHITE);
        chart.addSeries("Syncline", histogram.getxAxisData(), histogram.getyAxisData());
        save(file, chart);
    }

    private static void save(Path file, Chart<?, ?> chart) throws IOException {
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
    }
}
