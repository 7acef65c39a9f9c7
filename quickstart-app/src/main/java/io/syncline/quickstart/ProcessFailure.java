package io.syncline.quickstart;

/** A child process that ended or stayed unready although it was needed; the message ends with the last lines of its log. */
public final class ProcessFailure extends RuntimeException {
    ProcessFailure(String name, String fault, String lastLines) {
        super(name + " " + fault + "; the end of its log:\n"
                + lastLines.indent(4).stripTrailing());
    }
}
