package io.syncline.quickstart;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * What people see. On a terminal a status line is drawn over itself; elsewhere, in a file or a build's log, it is a line like any
 * other. Thread-safe.
 */
final class Terminal {
    private static final String OVER_THIS_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean interactive;
    private boolean statusShown;

    Terminal(PrintStream out, boolean interactive) {
        this.out = out;
        this.interactive = interactive;
    }

    /** Java cannot tell alike in all its versions whether its output is a terminal; the script that starts it can. */
    static Terminal ofThisProcess() {
        return new Terminal(
                new PrintStream(System.out, true, StandardCharsets.UTF_8), Boolean.getBoolean("syncline.terminal"));
    }

    synchronized void line(String text) {
        finishStatus();
        out.println(text);
    }

    /** Replaces the last status, if nothing else has been said since. */
    synchronized void status(String text) {
        if (interactive) {
            out.print(OVER_THIS_LINE + text);
            out.flush();
            statusShown = true;
        } else {
            out.println(text);
        }
    }

    /** How often a status is worth showing. */
    Duration statusPeriod() {
        return interactive ? Duration.ofMillis(250) : Duration.ofSeconds(2);
    }

    /** Does the work and says how long it took. */
    <T> T step(String name, Work<T> work) throws Exception {
        var start = System.nanoTime();
        if (interactive) {
            status("  ....    " + name);
        }
        var result = work.run();
        var line = String.format(Locale.ROOT, "  %4.1f s  %s", (System.nanoTime() - start) / 1e9, name);
        if (interactive) {
            status(line);
        }
        finishOrPrint(line);
        return result;
    }

    /** Something that takes its time. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws Exception;
    }

    private synchronized void finishOrPrint(String line) {
        if (interactive) {
            finishStatus();
        } else {
            out.println(line);
        }
    }

    private void finishStatus() {
        if (statusShown) {
            out.println();
            statusShown = false;
        }
    }
}
