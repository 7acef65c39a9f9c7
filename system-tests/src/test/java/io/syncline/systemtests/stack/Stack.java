package io.syncline.systemtests.stack;

import org.testcontainers.DockerClientFactory;

/**
 * A source server, a target server and Kafka, started once for all tests of this JVM and stopped with it. The three keep three
 * time zones with the services' own, so that a value that takes the wrong one is shifted.
 */
public interface Stack {

    DatabaseServer source();

    DatabaseServer target();

    String bootstrapServers();

    /** The one that {@code -Dstack=docker|embedded} names; without it Docker's where Docker runs. Started at the first call. */
    static Stack shared() {
        return Shared.STACK;
    }

    /** Holds the only instance; a class of its own, so that nothing starts before it is needed. */
    final class Shared {
        private static final Stack STACK = start(System.getProperty("stack", ""));

        private Shared() {}

        private static Stack start(String wanted) {
            return switch (wanted) {
                case "docker" -> DockerStack.start();
                case "embedded" -> EmbeddedStack.start();
                case "" ->
                    DockerClientFactory.instance().isDockerAvailable() ? DockerStack.start() : EmbeddedStack.start();
                default -> throw new IllegalArgumentException("-Dstack=" + wanted + ": write docker or embedded");
            };
        }
    }
}
