package io.syncline.common.run;

import io.javalin.util.JavalinBindException;
import io.syncline.common.config.ConfigurationException;
import io.syncline.common.kafka.UnsafeTopicException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a service from its start to its exit status; SIGTERM makes it end in order. */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private Main() {}

    /** A service's life. */
    public interface Service {
        /** Returns when the work is done or {@code stop} was given. @throws ConfigurationException before any work */
        ExitStatus run(StopSignal stop) throws Exception;
    }

    public static void run(String name, Service service) {
        StopSignal stop = new StopSignal();
        CountDownLatch ended = new CountDownLatch(1);
        AtomicInteger status = new AtomicInteger(ExitStatus.FAILED.code());
        Thread hook = new Thread(() -> stopAndHalt(stop, ended, status), "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        status.set(runToEnd(name, service, stop).code());
        LOG.info("{} ends status={}", name, status.get());
        ended.countDown();
        System.exit(status.get());
    }

    private static ExitStatus runToEnd(String name, Service service, StopSignal stop) {
        try {
            return service.run(stop);
        } catch (ConfigurationException e) {
            e.faults().forEach(fault -> LOG.error("{}", fault));
            return ExitStatus.MISCONFIGURED;
        } catch (JavalinBindException e) {
            LOG.error("HTTP_PORT: {}; stop what has the port, or choose another", e.getMessage());
            return ExitStatus.MISCONFIGURED;
        } catch (UnsafeTopicException e) {
            LOG.error("{}", e.getMessage());
            return ExitStatus.MISCONFIGURED;
        } catch (InterruptedException e) {
            return ExitStatus.FAILED;
        } catch (Exception e) {
            LOG.error("{} failed", name, e);
            return ExitStatus.FAILED;
        }
    }

    /** A Java process that SIGTERM ends has status 143 unless it halts by itself: an orderly stop is no failure. */
    private static void stopAndHalt(StopSignal stop, CountDownLatch ended, AtomicInteger status) {
        stop.stop();
        try {
            boolean inTime = ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            Runtime.getRuntime().halt(inTime ? status.get() : ExitStatus.FAILED.code());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
