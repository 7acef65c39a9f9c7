package io.syncline.common.http;

import java.util.List;

/** What a service says of itself; asked from the HTTP server's threads. */
public interface Health {

    /** Reasons to restart the process; none while it works. */
    List<String> whyNotLive();

    /** Reasons for which it does not do its job now; none while it does. */
    List<String> whyNotReady();

    ServiceStatus status();
}
