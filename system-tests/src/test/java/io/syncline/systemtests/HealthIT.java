package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.syncline.quickstart.FreePort;
import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Service;
import io.syncline.systemtests.pipeline.Table;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the services answer over HTTP, and how they stop. */
class HealthIT {

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table small = table("small", "id").modifier("at");
    private final Table whole = table("whole", "id");

    private void create() throws Exception {
        scenario.source()
                .run(
                        "CREATE TABLE small (id INT PRIMARY KEY, at DATETIME)",
                        "INSERT INTO small VALUES (1, '2020-01-01'), (2, '2020-01-02 03:04:05')",
                        "CREATE TABLE whole (id INT PRIMARY KEY)",
                        "INSERT INTO whole VALUES (1)");
        scenario.sync(small, whole);
    }

    @Test
    void aServiceSaysHowItFaresAndStopsInOrder() throws Exception {
        create();
        Service extractor = scenario.extractor();
        Service loader = scenario.loader();
        scenario.awaitEqual();
        for (Service service : List.of(extractor.awaitReady(), loader.awaitReady())) {
            assertThat(service.get("/").body()).isEqualTo("We are Groot!");
            assertThat(service.send(HttpRequest.newBuilder(service.url("/"))
                                    .header("User-Agent", "a monitor from 1999")
                                    .header("Accept", "application/xml")
                                    .POST(BodyPublishers.ofString("anything")))
                            .body())
                    .isEqualTo("We are Groot!");
            assertThat(service.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(service.get("/health/ready").statusCode()).isEqualTo(200);
            scenario.eventually("the status is complete", () -> {
                JsonNode status = service.status();
                assertThat(status.path("ready").asBoolean()).isTrue();
                assertThat(status.path("tables")).hasSize(2);
                JsonNode shown = service.status(small);
                assertThat(shown.path("mode").asText()).isEqualTo("incremental");
                assertThat(shown.path("phase").asText()).isNotBlank().isNotEqualTo("halted");
                assertThat(shown.path("rows").asLong()).isEqualTo(2);
                assertThat(shown.path("watermark").asText("")).isNotBlank();
                assertThat(shown.path("lastSuccess").asText("")).endsWith("Z");
                assertThat(shown.path("lastError").isNull()).isTrue();
                assertThat(shown.path("lag").isNumber()).isTrue();
                assertThat(service.status(whole).path("mode").asText()).isEqualTo("full_refresh");
            });
        }
        extractor.terminate();
        loader.terminate();
    }

    @Test
    void aServiceCutOffIsLiveButNotReadyAndSaysWhy() throws Exception {
        create();
        String nowhere = Integer.toString(FreePort.any());
        scenario.set("SOURCE_DB_PORT", nowhere);
        Service extractor = scenario.extractor();
        scenario.set("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + nowhere);
        Service loader = scenario.loader();
        scenario.eventually("the reasons are shown", () -> {
            assertThat(extractor.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(extractor.get("/health/ready").body()).contains("SOURCE_DB", nowhere);
            assertThat(loader.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(loader.get("/health/ready").body()).contains("KAFKA_BOOTSTRAP_SERVERS", nowhere);
        });
        for (Service service : List.of(extractor, loader)) {
            assertThat(service.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(service.get("/").body()).isEqualTo("We are Groot!");
            assertThat(service.status().path("ready").asBoolean()).isFalse();
            service.terminate();
        }
    }
}
