package io.syncline.loader.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class MemoryBudgetTest {

    private final MemoryBudget budget = new MemoryBudget(9 * 1024);

    @Test
    void aBatchTakesThreeTimesItsBytes() throws InterruptedException {
        try (MemoryBudget.Share first = take(1024);
                MemoryBudget.Share second = take(1024);
                MemoryBudget.Share third = take(1024)) {
            assertThat(first).isNotNull();
            assertThat(second).isNotNull();
            assertThat(third).isNotNull();
            assertThat(mustWaitFor(1024)).isTrue();
            assertThat(mustWaitFor(0)).isFalse();
        }

        assertThat(mustWaitFor(1024)).isFalse();
    }

    @Test
    void aBatchLargerThanTheBudgetHasItAlone() throws InterruptedException {
        try (MemoryBudget.Share large = take(1L << 40)) {
            assertThat(large).isNotNull();
            assertThat(mustWaitFor(1024)).isTrue();
        }
        try (MemoryBudget.Share small = take(1024)) {
            assertThat(small).isNotNull();
            assertThat(mustWaitFor(1L << 40)).isTrue();
        }

        assertThat(mustWaitFor(1L << 40)).isFalse();
    }

    @Test
    void theSmallestBudgetLetsBatchesThroughOneByOne() throws InterruptedException {
        MemoryBudget tiny = new MemoryBudget(0);
        for (int i = 0; i < 3; i++) {
            tiny.take(1L << 30).close();
        }

        assertThatThrownBy(() -> {
                    try (MemoryBudget.Share all = tiny.take(1L << 30)) {
                        assertThat(all).isNotNull();
                        Thread.currentThread().interrupt();
                        tiny.take(1L << 30).close();
                    }
                })
                .isInstanceOf(InterruptedException.class);
    }

    private MemoryBudget.Share take(long bytes) throws InterruptedException {
        return budget.take(bytes);
    }

    /** Whether a thread that wants so much is seen to wait; it is sent away then. */
    private boolean mustWaitFor(long bytes) throws InterruptedException {
        Thread taker = new Thread(() -> {
            try {
                budget.take(bytes).close();
            } catch (InterruptedException expected) {
                // sent away
            }
        });
        taker.start();
        while (taker.getState() != Thread.State.WAITING && taker.isAlive()) {
            Thread.onSpinWait();
        }
        boolean waits = taker.isAlive();
        taker.interrupt();
        taker.join();
        return waits;
    }
}
