package io.syncline.common.http;

import java.time.Instant;
import java.util.List;

/** The answer of {@code /status}. Times are ISO 8601 in UTC. */
public record ServiceStatus(
        String service, String startedAt, boolean ready, List<String> notes, List<TableStatus> tables) {

    public static ServiceStatus of(String service, Instant startedAt, List<String> notes, List<TableStatus> tables) {
        return new ServiceStatus(service, startedAt.toString(), notes.isEmpty(), notes, tables);
    }
}
