package io.syncline.quickstart;

import java.util.List;

/** Where people can look at what runs. */
record Links(Pipeline pipeline, RunFolder folder) {
    List<String> lines() {
        return List.of(
                "",
                "  extractor  " + pages(pipeline.extractor(), Pipeline.EXTRACTOR_PORT),
                "  loader     " + pages(pipeline.loader(), Pipeline.LOADER_PORT),
                "  source     " + client(pipeline.source()),
                "  target     " + client(pipeline.target()),
                "  Kafka      " + pipeline.kafka().bootstrapServers(),
                "  logs       " + folder.path() + "  (a client for the databases, too: mariadb/programs/bin/mariadb)",
                "");
    }

    private static String pages(ServiceProcess service, int wishedPort) {
        var pages = service.url("/") + "  " + service.url("/status");
        return service.url("/").getPort() == wishedPort ? pages : pages + "  (port " + wishedPort + " is taken)";
    }

    private static String client(EmbeddedMariaDb database) {
        return "mysql -h%s -P%d -u%s -p'%s' %s"
                .formatted(database.host(), database.port(), database.user(), database.password(), database.database());
    }
}
