package io.syncline.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.config.Environment;
import io.syncline.common.run.ExitStatus;
import io.syncline.common.run.StopSignal;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class LoaderTest {

    private static final String LOCAL_INFILE = "SELECT @@global.local_infile";

    @TempDir
    private Path folder = Path.of("");

    private final FakeServer server = new FakeServer();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    @Timeout(20)
    void aConnectionThatIsLostAtTheStartIsTriedAgain() throws InterruptedException {
        server.refuses(LOCAL_INFILE, "Communications link failure", "08S01", 0);
        StopSignal stop = new StopSignal();
        CompletableFuture<Void> stopper = CompletableFuture.runAsync(() -> {
            while (server.log(LOCAL_INFILE).size() < 2) {
                Thread.onSpinWait();
            }
            stop.stop();
        });
        try (Loader loader = new Loader(settings(), stop)) {
            assertThat(loader.run()).isEqualTo(ExitStatus.DONE);
        }
        stopper.join();
    }

    private LoaderSettings settings() {
        Map<String, String> variables = Map.of(
                "TARGET_DB_HOST", server.database().settings().host(),
                "TARGET_DB_NAME", "copy",
                "TARGET_DB_USER", "writer",
                "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
                "HTTP_PORT", "0");
        return LoaderSettings.read(Environment.read(variables, folder), folder);
    }
}
