package io.syncline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** On what was measured, for whoever reads the figures later. */
final class Machine {

    private Machine() {}

    static Map<String, Object> describe(Stand stand) throws IOException, SQLException {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("measuredAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("processor", line("/proc/cpuinfo", "model name"));
        machine.put("memory", line("/proc/meminfo", "MemTotal"));
        machine.put("loadAverage", Files.readString(Path.of("/proc/loadavg")).strip());
        machine.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        machine.put("mysql", stand.source().value("", "SELECT CONCAT(VERSION(), ' ', @@version_comment)"));
        machine.put("kafka", stand.kafka().getDockerImageName());
        machine.put("serviceHeap", "256 MiB each");
        return machine;
    }

    private static String line(String file, String key) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
