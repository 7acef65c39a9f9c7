package io.syncline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static Sample sample(String contender, double wall) {
        return new Sample(contender, Map.of(Sample.WALL, wall));
    }

    @Test
    void ratiosAreTakenWithinARound() {
        Report report = new Report("slow");
        // the second round met a busy machine
        report.add(List.of(sample("slow", 10), sample("fast", 5)));
        report.add(List.of(sample("slow", 40), sample("fast", 24)));

        Map<String, Map<String, Spread>> spreads = report.spreads();

        assertThat(spreads.get("fast")).containsEntry(Report.RATIO, new Spread(0.55, 0.5, 0.6));
        assertThat(spreads.get("slow")).containsEntry(Report.RATIO, new Spread(1, 1, 1));
        assertThat(spreads.get("fast")).containsEntry(Sample.WALL, new Spread(14.5, 5, 24));
    }

    @Test
    void withoutABaselineThereAreNoRatios() {
        Report report = new Report("");
        report.add(List.of(sample("alone", 10)));
        assertThat(report.spreads().get("alone")).doesNotContainKey(Report.RATIO);
    }
}
