package io.syncline.loader.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.SampleColumn;
import io.syncline.loader.SampleRows;
import io.syncline.loader.SampleTable;
import io.syncline.loader.target.SampleTarget;
import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A batch that is written while the one before it is. Rows are so wide that 83 of them are a batch, and 26 a part worth it. */
@Timeout(60)
final class LaneOverlapTest {

    private static final TopicPartition PARTITION = new TopicPartition("rows.users", 0);
    private static final String INSERT = "INSERT INTO `copy`.`users`";
    private static final String ADVANCE = "UPDATE `_syncline_partition` SET next_offset";
    private static final String WIDE = "x".repeat(100_000);
    private static final long START = 5;
    private static final long BEHIND_FIRST = START + 83;
    private static final long END = 130;

    private final RowSchema users = SampleTable.users().rows();
    private final SampleRows rows = SampleRows.of(users, PARTITION);
    private final FakeTarget target = FakeTarget.holding(users);
    private final Lane lane = new Lane(PARTITION, target.applier(), 4, "topic-1", START, true);

    @AfterEach
    void closeTarget() {
        target.close();
    }

    @Test
    void whileABatchIsWrittenTheOneBehindItIsTooAndIsCommittedBehindIt() throws InterruptedException {
        fill(END, offset -> row(offset, offset));
        runBoth(() -> {}, () -> {});

        assertThat(lane.doneOffset()).isEqualTo(END);
        assertThat(lane.status().rows()).isEqualTo(END - START);
        assertThat(lane.status().queued()).isZero();
        List<String> log = target.server().log();
        List<String> ends = log.stream()
                .map(sql -> sql.substring(0, Math.min(ADVANCE.length(), sql.length())))
                .filter(sql -> sql.equals(ADVANCE) || sql.equals("COMMIT"))
                .toList();
        assertThat(ends).endsWith(ADVANCE, "COMMIT", ADVANCE, "COMMIT");
        assertThat(log.lastIndexOf(writtenBehind().get(0))).isLessThan(log.size() - 4);
        assertThat(target.server().log(ADVANCE))
                .satisfiesExactly(
                        sql -> assertThat(sql).endsWith("[" + BEHIND_FIRST + ", group, rows.users, 0, 5]"),
                        sql -> assertThat(sql).endsWith("[" + END + ", group, rows.users, 0, 5]"));
    }

    /** Or a lane that always has one in hand would be taken for one that is stuck. */
    @Test
    void howLongABatchIsInHandIsNotCountedFromTheOneBeforeIt() throws InterruptedException {
        fill(END, offset -> row(offset, offset));
        Duration[] inHand = new Duration[1];
        Duration pause = Duration.ofMillis(200);
        long began = System.nanoTime();
        assertThat(lane.claim()).isTrue();

        runBoth(
                () -> sleep(pause),
                () -> target.server()
                        .meanwhile(ADVANCE, () -> inHand[0] = lane.status().inHand()));

        assertThat(inHand[0])
                .isPositive()
                .isLessThan(Duration.ofNanos(System.nanoTime() - began).minus(pause));
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aBatchIsTakenBackWithTheOneBeforeIt() throws InterruptedException {
        fill(END, offset -> row(offset, offset));
        runBoth(() -> {}, () -> target.server().refuses(INSERT, "Deadlock found", "40001", 1213));

        assertThat(lane.doneOffset()).isEqualTo(START);
        assertThat(lane.status().isRetrying()).isTrue();
        assertThat(lane.status().error()).isEqualTo("Deadlock found (error 1213)");
        assertThat(lane.status().rows()).isZero();
        assertThat(target.server().log(ADVANCE)).hasSize(1);
        assertThat(target.server().log("ROLLBACK").size()).isGreaterThanOrEqualTo(2);

        target.server().forget(INSERT);
        runToTheEnd();
    }

    @Test
    void aBatchThatHasARowOfTheOneBeforeItWaitsForItsTurn() {
        fill(END, offset -> row(offset, offset == END - 1 ? START : offset));
        target.server().meanwhile(INSERT, this::tryBehind);

        lane.run();

        assertThat(writtenBehind()).isEmpty();
        runToTheEnd();
    }

    /** Else a table would be seen as it was when the first of them was written, for as long as one follows another. */
    @Test
    void aTableThatHasChangedMeanwhileIsLookedAtInTurn() {
        fill(END, offset -> row(offset, offset));
        target.server().meanwhile(INSERT, () -> {
            target.server()
                    .holds(
                            "users",
                            SampleTarget.like(users)
                                    .add(SampleColumn.of("note", ColumnKind.TEXT)
                                            .nullable())
                                    .description());
            target.applier().forget(PARTITION.topic());
            tryBehind();
        });

        lane.run();

        assertThat(writtenBehind()).isEmpty();
        runToTheEnd();
    }

    @Test
    void whatTheTargetRefusesIsARejectWhenItIsItsTurn() {
        fill(END, offset -> offset == 100 ? rows.at(100, 100, "bad" + WIDE) : row(offset, offset));
        target.server().refuses("'bad", "Data too long", "22001", 1406);
        target.server().meanwhile(INSERT, this::tryBehind);

        lane.run();

        assertThat(target.rejects()).isEmpty();
        runToTheEnd();
        assertThat(target.rejects()).hasSize(1);
        assertThat(lane.status().rejects()).isEqualTo(1);
    }

    @Test
    void rowsOfAnotherSchemaVersionWaitForTheirTurn() {
        SampleRows unknown = SampleRows.of(SampleTable.users().rows(2), PARTITION);
        fill(END, offset -> offset < BEHIND_FIRST ? row(offset, offset) : unknown.at(offset, (int) offset, WIDE));
        target.server().meanwhile(INSERT, this::tryBehind);

        lane.run();

        assertThat(lane.doneOffset()).isEqualTo(BEHIND_FIRST);
        assertThat(writtenBehind()).isEmpty();
    }

    /** The rows before the end of a refresh are written like any others, and those of the next refresh, too. */
    @Test
    void rowsBeforeSomethingElseAreWrittenAndTheRestWaitsForItsTurn() throws InterruptedException {
        long other = END - 10;
        fill(END + 120, offset -> offset == other ? tombstone(offset) : row(offset, offset));

        runBoth(() -> {}, () -> {});

        assertThat(lane.doneOffset()).isEqualTo(other);
        target.server()
                .meanwhile(
                        INSERT,
                        () -> assertThat(lane.claimBehind())
                                .as("it is not put off for that")
                                .isPresent());
        lane.run();
        assertThat(lane.doneOffset()).isEqualTo(other + 1 + 83);
    }

    @Test
    void fewRowsBeforeSomethingElseWaitForTheirTurnWithoutHoldingUpOthers() {
        fill(END + 60, offset -> offset == BEHIND_FIRST + 3 ? tombstone(offset) : row(offset, offset));
        target.server().meanwhile(INSERT, this::tryBehind);

        lane.run();

        assertThat(lane.doneOffset()).isEqualTo(BEHIND_FIRST);
        assertThat(writtenBehind()).isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> tombstone(long offset) {
        return SampleRows.event(PARTITION, offset, new byte[] {1}, null);
    }

    @Test
    void whoHasLostThePartitionMeanwhileCommitsNothing() throws InterruptedException {
        fill(END, offset -> row(offset, offset));
        runBoth(() -> {}, () -> target.server().changes(ADVANCE, 0));

        assertThat(lane.doneOffset()).isEqualTo(BEHIND_FIRST);
        assertThat(lane.status().state()).isEqualTo(Lane.State.WORKING);
        lane.run();
        assertThat(lane.status().state()).isEqualTo(Lane.State.FENCED);
        assertThat(lane.doneOffset()).isEqualTo(BEHIND_FIRST);
    }

    @Test
    void fewRowsAreNotWorthASession() {
        fill(BEHIND_FIRST + 10, offset -> row(offset, offset));
        target.server().meanwhile(INSERT, () -> assertThat(lane.claimBehind()).isEmpty());

        lane.run();

        assertThat(lane.doneOffset()).isEqualTo(BEHIND_FIRST);
    }

    /** What they take in the queue counts, where each event has its own share. */
    @Test
    void manySmallRowsAreWorthASession() throws InterruptedException {
        long batch = 40_000;
        lane.add(LongStream.range(START, START + 2 * batch)
                .mapToObj(offset -> rows.at(offset, (int) offset, "a"))
                .toList());
        Thread[] behind = new Thread[1];
        target.server().meanwhile(INSERT, () -> {
            behind[0] = new Thread(lane.claimBehind().orElseThrow());
            behind[0].start();
        });
        lane.run();
        behind[0].join();

        assertThat(lane.doneOffset()).isEqualTo(START + 2 * batch);
    }

    @Test
    void nothingIsBehindABatchThatIsNotInHand() {
        fill(END, offset -> row(offset, offset));

        assertThat(lane.claimBehind()).isEmpty();
    }

    private void fill(long end, LongFunction<ConsumerRecord<byte[], byte[]>> event) {
        lane.add(LongStream.range(START, end).mapToObj(event).toList());
    }

    private ConsumerRecord<byte[], byte[]> row(long offset, long key) {
        return rows.at(offset, (int) key, WIDE);
    }

    /** What was written of the second batch. */
    private List<String> writtenBehind() {
        return target.server().log(INSERT).stream()
                .filter(sql -> sql.contains("(" + BEHIND_FIRST + ",'"))
                .toList();
    }

    /**
     * Runs the first batch and, while that is being written, the one behind it.
     *
     * @param between when the first is in hand
     * @param written when both are written and neither is committed
     */
    private void runBoth(Runnable between, Runnable written) throws InterruptedException {
        Thread[] behind = new Thread[1];
        target.server().meanwhile(INSERT, () -> {
            between.run();
            behind[0] = writeBehind();
            written.run();
        });
        lane.run();
        behind[0].join();
    }

    /** Returns when all is written, and nothing but the end of the batch before it is waited for. */
    private Thread writeBehind() {
        Thread thread = new Thread(lane.claimBehind().orElseThrow());
        thread.start();
        while (thread.isAlive() && (writtenBehind().isEmpty() || thread.getState() != Thread.State.TIMED_WAITING)) {
            Thread.onSpinWait();
        }
        return thread;
    }

    /** Writes it as far as it comes, and finds that it is not tried again and again. */
    private void tryBehind() {
        lane.claimBehind().orElseThrow().run();
        assertThat(lane.claimBehind()).isEmpty();
    }

    private void runToTheEnd() {
        while (lane.doneOffset() < END) {
            lane.run();
            assertThat(lane.status().state()).isEqualTo(Lane.State.WORKING);
        }
    }
}
