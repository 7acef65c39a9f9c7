package io.syncline.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a process has used, as Linux tells in {@code /proc}.
 *
 * @param cpuSeconds of user and system since its start
 * @param peakMebibytes the most that was resident at a time
 */
record ProcessUsage(double cpuSeconds, double peakMebibytes) {

    /** Linux counts in hundredths of a second for programs, whatever its own clock does. */
    private static final double TICKS_PER_SECOND = 100;

    static ProcessUsage of(long pid) {
        try {
            Path folder = Path.of("/proc", Long.toString(pid));
            return parse(read(folder.resolve("stat")), read(folder.resolve("status")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) throws IOException {
        // a program's name may be of any bytes
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    static ProcessUsage parse(String stat, String status) {
        // the name in parentheses may hold spaces; what follows is counted from field 3
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        double peak = Arrays.stream(status.split("\n"))
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(0);
        return new ProcessUsage(ticks / TICKS_PER_SECOND, peak);
    }
}
