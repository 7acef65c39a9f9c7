package io.syncline.common.http;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;

/**
 * Serves a service's health: {@code /} for every client and monitor, {@code /health/live} and {@code /health/ready} with
 * the reasons where they are not 200, {@code /status} as JSON. Thread-safe.
 */
public final class HealthServer implements AutoCloseable {

    private static final int UNAVAILABLE = 503;

    private final Javalin server;

    /** Starts at once, so that a service that waits for its database can say so. */
    public HealthServer(int port, Health health) {
        this.server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            for (HandlerType method : List.of(HandlerType.GET, HandlerType.POST, HandlerType.PUT, HandlerType.HEAD)) {
                config.routes.addHttpHandler(method, "/", context -> context.result("We are Groot!"));
            }
            config.routes.get("/health/live", context -> answer(context, health.whyNotLive()));
            config.routes.get("/health/ready", context -> answer(context, health.whyNotReady()));
            config.routes.get("/status", context -> context.json(health.status()));
        });
        server.start(port);
    }

    private static void answer(Context context, List<String> reasons) {
        context.status(reasons.isEmpty() ? 200 : UNAVAILABLE);
        context.result(reasons.isEmpty() ? "ok" : String.join("\n", reasons));
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
