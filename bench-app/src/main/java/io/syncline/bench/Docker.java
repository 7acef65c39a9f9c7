package io.syncline.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What the Docker engine knows of a container. */
final class Docker {

    private Docker() {}

    /** The container's first process, as this machine numbers it. */
    static long pid(String container) {
        return Long.parseLong(inspect(container, "{{.State.Pid}}"));
    }

    /** Where this machine and other containers reach it. */
    static String address(String container) {
        return inspect(container, "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}")
                .split(" ")[0];
    }

    private static String inspect(String container, String format) {
        try {
            Process process = new ProcessBuilder("docker", "inspect", "--format", format, container)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("docker inspect says nothing of container " + container);
            }
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException("docker cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
