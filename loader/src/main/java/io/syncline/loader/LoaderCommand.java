package io.syncline.loader;

import picocli.CommandLine.Command;

/** What stands behind {@code java -jar loader.jar}; without arguments it is the service. */
@Command(
        name = "loader",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Without arguments: the service, which applies the topics to the target.",
        subcommands = RejectsCommand.class)
final class LoaderCommand {}
