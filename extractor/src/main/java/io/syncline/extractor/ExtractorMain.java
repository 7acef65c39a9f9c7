package io.syncline.extractor;

import io.syncline.common.config.Environment;
import io.syncline.common.run.Main;
import java.nio.file.Path;

/** {@code java -jar extractor.jar}. */
public final class ExtractorMain {

    private ExtractorMain() {}

    public static void main(String[] arguments) {
        Main.run("extractor", stop -> {
            Path folder = Path.of("");
            ExtractorSettings settings =
                    ExtractorSettings.read(Environment.read(System.getenv(), folder.toAbsolutePath()), folder);
            try (Extractor extractor = new Extractor(settings, stop)) {
                return extractor.run();
            }
        });
    }
}
