package io.syncline.loader;

import io.syncline.common.config.Environment;
import io.syncline.common.run.Main;
import java.nio.file.Path;
import picocli.CommandLine;

/** {@code java -jar loader.jar}: the service, or with arguments a command. */
public final class LoaderMain {

    private LoaderMain() {}

    public static void main(String[] arguments) {
        if (arguments.length > 0) {
            System.exit(new CommandLine(new LoaderCommand()).execute(arguments));
        }
        Main.run("loader", stop -> {
            Path folder = Path.of("");
            LoaderSettings settings =
                    LoaderSettings.read(Environment.read(System.getenv(), folder.toAbsolutePath()), folder);
            try (Loader loader = new Loader(settings, stop)) {
                return loader.run();
            }
        });
    }
}
