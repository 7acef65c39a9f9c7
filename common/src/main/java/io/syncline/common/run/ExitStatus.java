package io.syncline.common.run;

/** What a service's process ends with. */
public enum ExitStatus {
    DONE(0),
    /** A single pass that left something undone, or a failure that the process cannot outlive. */
    FAILED(1),
    /** The configuration is wrong; starting again changes nothing. */
    MISCONFIGURED(2);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
