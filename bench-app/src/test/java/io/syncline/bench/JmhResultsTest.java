package io.syncline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JmhResultsTest {

    private static List<Sample> samples(String json) throws Exception {
        return JmhResults.samples(new ObjectMapper().readTree(json));
    }

    @Test
    void aScoreOfABatchIsSharedByItsRows() throws Exception {
        assertThat(samples("""
                [{"benchmark": "io.syncline.Writing.write", "params": {"rows": "100", "way": "INSERT"},
                  "primaryMetric": {"score": 2000000, "scoreUnit": "ns/op"},
                  "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 40000}}}]"""))
                .containsExactly(new Sample(
                        "write, 100 rows, INSERT",
                        Map.of("ns per row", 20_000.0, "rows per s", 50_000.0, "allocated bytes per row", 400.0)));
    }

    @Test
    void withoutAParameterOfRowsAScoreIsOfOne() throws Exception {
        assertThat(samples("""
                [{"benchmark": "io.syncline.Codec.encode", "primaryMetric": {"score": 250},
                  "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 0.5}}}]"""))
                .containsExactly(new Sample(
                        "encode",
                        Map.of("ns per row", 250.0, "rows per s", 4_000_000.0, "allocated bytes per row", 0.5)));
    }
}
