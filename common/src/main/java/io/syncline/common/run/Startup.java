package io.syncline.common.run;

import io.syncline.common.config.ConfigurationException;
import io.syncline.common.mysql.Database;
import io.syncline.common.mysql.SqlFault;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until what a service needs can be reached, and tells an address where nothing answers from a key that does not fit. */
public final class Startup {

    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);
    private static final Duration SINGLE_PASS_PATIENCE = Duration.ofSeconds(60);

    private final StopSignal stop;
    private final boolean singlePass;
    private volatile String waitingFor = "";

    /** @param singlePass whether to give up after a minute instead of waiting for ever */
    public Startup(StopSignal stop, boolean singlePass) {
        this.stop = stop;
        this.singlePass = singlePass;
    }

    /** What is being waited for; empty for nothing. */
    public String waitingFor() {
        return waitingFor;
    }

    private interface Attempt {
        /** The reason for which to try again; empty for success. */
        String reason() throws InterruptedException;
    }

    /** True when the database lets us in; false where the service was told to stop meanwhile. */
    public boolean awaitDatabase(Database database) throws InterruptedException {
        String prefix = database.settings().prefix();
        return await(prefix + " " + database.settings(), () -> {
            try (Connection connection = database.connectAtOnce()) {
                LOG.info(
                        "connected {}={} server={}",
                        prefix,
                        database.settings(),
                        connection.getMetaData().getDatabaseProductVersion());
                return "";
            } catch (SQLException e) {
                if (SqlFault.of(e) == SqlFault.ACCESS) {
                    throw new ConfigurationException(
                            List.of(prefix + "_USER, " + prefix + "_PASS, " + prefix + "_NAME: "
                                    + database.settings() + " was refused: " + SqlFault.message(e)
                                    + "; correct them, or grant the user access"));
                }
                return SqlFault.message(e) + (isUntrusted(e) ? "; " + trust(prefix) : "");
            }
        });
    }

    private static boolean isUntrusted(SQLException e) {
        return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .anyMatch(GeneralSecurityException.class::isInstance);
    }

    private static String trust(String prefix) {
        return prefix
                + "_SSL_MODE asks for a certificate that the JVM trusts: name a trust store that has its authority by"
                + " JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=…, or write another mode";
    }

    /** What has to be done at a database before the work can begin. */
    public interface Preparation {
        /** @throws SQLException where it may be tried again; what is for good is a {@link ConfigurationException} */
        void prepare() throws SQLException;
    }

    /** True when it is done; false where the service was told to stop meanwhile. */
    public boolean awaitPrepared(Database database, Preparation preparation) throws InterruptedException {
        return await(database.settings().prefix() + " " + database.settings(), () -> {
            try {
                preparation.prepare();
                return "";
            } catch (SQLException e) {
                return SqlFault.message(e);
            }
        });
    }

    /** What has to be there in Kafka before the work can begin. */
    public interface TopicPreparation {
        /** @throws KafkaException where it may be tried again; what is for good is another exception */
        void prepare() throws InterruptedException;
    }

    /** True when Kafka answered and all is there; false where the service was told to stop meanwhile. */
    public boolean awaitKafka(String servers, TopicPreparation preparation) throws InterruptedException {
        return await("KAFKA_BOOTSTRAP_SERVERS " + servers, () -> {
            try {
                preparation.prepare();
                return "";
            } catch (KafkaException e) {
                return String.valueOf(e.getMessage());
            }
        });
    }

    private boolean await(String what, Attempt attempt) throws InterruptedException {
        long began = System.nanoTime();
        waitingFor = what + ": no answer yet";
        for (int failures = 1; !stop.isStopped(); failures++) {
            String reason = attempt.reason();
            if (reason.isEmpty()) {
                waitingFor = "";
                return true;
            }
            waitingFor = what + ": " + reason;
            if (failures == 1) {
                LOG.warn("waiting for {}", waitingFor);
            }
            if (singlePass && System.nanoTime() - began > SINGLE_PASS_PATIENCE.toNanos()) {
                throw new ConfigurationException(List.of(what + ": not reached for " + SINGLE_PASS_PATIENCE.toSeconds()
                        + " s: " + reason + "; start it, or correct the address"));
            }
            stop.await(Backoff.TRANSIENT.delayAfter(failures));
        }
        return false;
    }
}
