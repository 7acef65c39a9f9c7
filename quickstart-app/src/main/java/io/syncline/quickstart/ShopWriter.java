package io.syncline.quickstart;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the shop's business going on: several transactions a second, always the same sequence. Its thread {@code shop-writer} owns
 * the connection until {@link #close}; everything else is thread-safe.
 */
public final class ShopWriter implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(150);

    private final Connection connection;
    private final ShopActions actions;
    private final Random random = new Random(1);
    private final Thread thread = new Thread(this::write, "shop-writer");
    private volatile boolean closed;
    private volatile @Nullable SQLException failure;

    private ShopWriter(Connection connection) {
        this.connection = connection;
        this.actions = new ShopActions(connection, random);
        thread.setDaemon(true);
    }

    /** Starts writing. The connection becomes the writer's, which closes it. */
    public static ShopWriter start(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        var writer = new ShopWriter(connection);
        writer.thread.start();
        return writer;
    }

    /** What ended the writer by itself, if anything did. */
    public Optional<SQLException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Finishes the transaction in hand and returns when nothing is written any more. */
    @Override
    public void close() throws SQLException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }

    private void write() {
        try {
            for (var step = 1L; !closed; step++) {
                act(step);
                connection.commit();
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (SQLException failed) {
            failure = failed;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void act(long step) throws SQLException {
        if (step % 60 == 0) {
            actions.countStock(); // rarely, since the whole table is refreshed for it
            return;
        }
        switch (random.nextInt(7)) {
            case 0, 1 -> actions.placeOrder();
            case 2 -> actions.pay();
            case 3 -> actions.ship();
            case 4 -> actions.changePrices();
            case 5 -> actions.changeCustomer();
            default -> actions.review();
        }
    }
}
