package io.syncline.extractor.table;

import io.syncline.common.config.NullModifier;
import io.syncline.common.config.TableSettings;
import io.syncline.common.event.Watermark;
import io.syncline.common.event.Watermark.Phase;
import io.syncline.common.kafka.TopicCreator;
import io.syncline.common.kafka.UnsafeTopicException;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableId;
import io.syncline.common.mysql.SqlFault;
import io.syncline.common.row.ModifierOrder;
import io.syncline.common.row.StructureChangedException;
import io.syncline.common.run.Backoff;
import io.syncline.common.run.Causes;
import io.syncline.extractor.source.UnfitTableException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One table in its owner's hands: which work comes next, when, and what a failure means for it. Everything but the last
 * committed watermark can be built anew from the source and Kafka, and is after a failure. Belongs to the thread of the
 * owned partition.
 */
public final class TableTask {

    private static final Logger LOG = LoggerFactory.getLogger(TableTask.class);
    /** Rows without a modifier are re-read every so many intervals. */
    private static final int NULL_ROWS_EVERY = 10;

    /** How much longer than a pass in vain the source has its rest. */
    private static final int REST_FACTOR = 4;

    private static final Duration MOST_SLACK = Duration.ofMillis(100);
    private static final Duration LONGEST_REST = Duration.ofSeconds(1);
    private static final int UNKNOWN_COLUMN = 1054;
    private static final String HEAP_TOO_SMALL = "the heap is too small for the rows in hand; raise -Xmx";

    private final TableSettings settings;
    private final TableTools tools;
    private final TableProgress progress;
    private final Duration interval;
    private final boolean singlePass;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private @Nullable Watermark restored;
    private @Nullable TableSession session;
    private Optional<String> signature = Optional.empty();
    private @Nullable Bounds bounds;
    private RecentRows recent = new RecentRows();
    private PageDigests pages = PageDigests.NONE;
    private @Nullable Work work;
    private long nullRowsDue = System.nanoTime();
    private boolean passOver;
    private long began = System.nanoTime();
    private boolean keepsTarget;
    private long due = System.nanoTime();
    private int failures;
    private boolean finished;
    private boolean failed;
    private boolean takenBack;

    /** @param restored the table's last watermark, null where it has none */
    public TableTask(
            TableSettings settings,
            TableTools tools,
            TableProgress progress,
            Duration interval,
            boolean singlePass,
            @Nullable Watermark restored) {
        this.settings = settings;
        this.tools = tools;
        this.progress = progress;
        this.interval = settings.interval().orElse(interval);
        this.singlePass = singlePass;
        this.restored = restored;
        if (restored != null) {
            progress.restored(restored);
        }
    }

    /** When there is something to do, in {@link System#nanoTime}. */
    public long due() {
        return due;
    }

    /**
     * How many nanoseconds earlier it may be worked on while the thread is awake for other tables: to wake for each of
     * a hundred idle tables costs more than to look at those of a tenth of an interval in one go.
     */
    public long slack() {
        return Math.min(interval.toNanos() / 10, MOST_SLACK.toNanos());
    }

    /** Whether the table is in the middle of a refresh. */
    public boolean holdsSnapshot() {
        return work instanceof FullRefresh;
    }

    public boolean takesSnapshots() {
        return settings.modifier().isEmpty();
    }

    /** Whether what the last step published was taken back. */
    public boolean hasTakenBack() {
        return takenBack;
    }

    /** Whether a single pass is over, for good or ill. */
    public boolean isFinished() {
        return finished;
    }

    public boolean hasFailed() {
        return failed;
    }

    /**
     * Does the next page's work.
     *
     * @throws org.apache.kafka.common.KafkaException where the producer is of no more use, and its tables must be
     *     restored from Kafka
     */
    public void step() throws InterruptedException {
        takenBack = false;
        try {
            page();
            failures = 0;
        } catch (StructureChangedException e) {
            startOver("structure changed", reason(e), Backoff.TRANSIENT);
        } catch (UnfitTableException | UnsafeTopicException e) {
            startOver("halted", reason(e), Backoff.HALTED);
        } catch (KafkaException e) {
            // what is sent behind a record that was too large fails with that as its cause
            RecordTooLargeException tooLarge =
                    Causes.find(e, RecordTooLargeException.class).orElseThrow(() -> e);
            startOver(
                    "halted",
                    "a topic takes smaller records than its table has rows; raise max.message.bytes of "
                            + tools.topics().rows(id()) + " to " + TopicCreator.LARGEST_RECORD + ": "
                            + reason(tooLarge),
                    Backoff.HALTED);
        } catch (RuntimeException e) {
            LOG.error("a bug halts table={}", settings.table(), e);
            startOver("halted", e.toString(), Backoff.HALTED);
        } catch (OutOfMemoryError e) {
            startOver("retrying", HEAP_TOO_SMALL, Backoff.TRANSIENT);
        } catch (SQLException e) {
            // the driver turns some of these errors into exceptions
            if (Causes.find(e, OutOfMemoryError.class).isPresent()) {
                startOver("retrying", HEAP_TOO_SMALL, Backoff.TRANSIENT);
                return;
            }
            boolean altered = e.getErrorCode() == UNKNOWN_COLUMN;
            boolean passes = SqlFault.of(e) == SqlFault.TRANSIENT;
            Backoff backoff = altered || passes ? Backoff.TRANSIENT : Backoff.HALTED;
            startOver(altered || passes ? "retrying" : "halted", SqlFault.message(e), backoff);
        }
    }

    private TableId id() {
        return new TableId(tools.source().settings().name(), settings.table());
    }

    private static String reason(RuntimeException e) {
        return String.valueOf(e.getMessage());
    }

    private void page() throws SQLException, InterruptedException {
        TableSession current = session;
        Optional<String> seen = tools.structure().signature(settings.table());
        if (current == null || !seen.equals(signature) || !hasTopic(current)) {
            current = open(seen);
        }
        Work next = work;
        if (next == null) {
            began = System.nanoTime();
            next = nextWork(current);
            work = next;
        }
        Work.Progress left = next.page();
        restored = current.committed();
        progress.working(next.phase(), current.committed(), current.publisher().rejects());
        due = System.nanoTime();
        if (left == Work.Progress.DONE) {
            closeWork();
            after(next, current);
        }
    }

    /** Whether the topic is still the one that the watermark speaks of. */
    private boolean hasTopic(TableSession current) throws InterruptedException {
        Optional<String> now = tools.watch().identity(current.publisher().rowsTopic());
        return now.equals(Optional.ofNullable(current.committed().topicId()));
    }

    private TableSession open(Optional<String> seen) throws SQLException, InterruptedException {
        closeWork();
        TableOpening opening = new TableOpening(tools, settings);
        TableSession opened = opening.open(restored);
        opening.startedOver().ifPresent(reason -> progress.startedOver(Instant.now(), reason));
        session = opened;
        signature = seen;
        Watermark watermark = opened.committed();
        if (bounds == null || opened.copyBegins()) {
            ModifierOrder order = opened.table().modifierOrder().orElse(null);
            bounds = order == null ? null : bounds(order, watermark);
            recent = RecentRows.of(watermark.recent());
        }
        restored = watermark;
        return opened;
    }

    private Bounds bounds(ModifierOrder order, Watermark watermark) throws SQLException {
        String from = watermark.modifier();
        Bounds restoredBounds = new Bounds(order, settings.lag().orElse(Duration.ZERO), from);
        boolean isLocal = order.kind() == ColumnKind.DATETIME || order.kind() == ColumnKind.DATE;
        if (from != null && isLocal && tools.clock().showsTwice(from)) {
            restoredBounds.shownTwice();
        }
        return restoredBounds;
    }

    private Work nextWork(TableSession current) throws SQLException, InterruptedException {
        Bounds known = bounds;
        if (known == null) {
            return new FullRefresh(current, pages);
        }
        if (settings.nullModifier() == NullModifier.FAIL && NullRows.count(current) > 0) {
            throw new UnfitTableException(settings.place() + ".null_modifier: " + NullRows.count(current)
                    + " rows have no modifier; give them one, or write include or skip");
        }
        if (current.committed().phase() == Phase.FIRST_COPY) {
            return new FirstCopy(current);
        }
        if (passOver) {
            return new NullRows(current, recent, known.watermark());
        }
        boolean settles = singlePass && !known.isTemporal();
        if (settles) {
            // no later pass will find what this one reads settled
            new EarlyBound(tools, current.table(), known).take();
        }
        return new IncrementalPass(current, recent, known, tools.clock().look(), settles);
    }

    private void after(Work done, TableSession current) throws SQLException {
        if (done instanceof FirstCopy) {
            LOG.info(
                    "first copy done table={} rows={}",
                    current.table().id(),
                    current.committed().totalRows());
            nullRowsDue =
                    System.nanoTime() + interval.multipliedBy(NULL_ROWS_EVERY).toNanos();
            return;
        }
        if (done instanceof IncrementalPass && nullRowsAreDue()) {
            nullRowsDue =
                    System.nanoTime() + interval.multipliedBy(NULL_ROWS_EVERY).toNanos();
            if (NullRows.areLeftOut(settings)) {
                progress.leftOut(NullRows.count(current));
            } else {
                passOver = true;
                return;
            }
        }
        if (done instanceof FullRefresh refresh) {
            pages = refresh.pages();
        }
        passOver = false;
        Bounds known = bounds;
        boolean sourceEmpty = done.phase().equals(FullRefresh.SOURCE_EMPTY);
        progress.passed(Instant.now(), known == null ? null : known.watermark(), sourceEmpty ? done.phase() : "idle");
        if (sourceEmpty && !keepsTarget) {
            LOG.warn(
                    "the source is empty, and the target keeps its rows table={}",
                    current.table().id());
        }
        keepsTarget = sourceEmpty;
        due = System.nanoTime() + rest(done).toNanos();
        finished = singlePass;
    }

    /** Longer than the interval where many rows were all known, as those of a large change are until the watermark passes them. */
    private Duration rest(Work done) {
        if (!(done instanceof IncrementalPass pass) || !pass.wasInVain()) {
            return interval;
        }
        long longer = Math.min(LONGEST_REST.toNanos(), REST_FACTOR * (System.nanoTime() - began));
        return Duration.ofNanos(Math.max(interval.toNanos(), longer));
    }

    private boolean nullRowsAreDue() {
        TableSession current = session;
        boolean nullable = current != null
                && current.table().modifier().map(column -> column.nullable()).orElse(false);
        return nullable && System.nanoTime() - nullRowsDue >= 0;
    }

    private void startOver(String phase, String reason, Backoff backoff) {
        abandon();
        tools.structure().forget();
        failures++;
        Duration wait = backoff.jitteredDelayAfter(failures, random);
        due = System.nanoTime() + wait.toNanos();
        progress.failed(phase, reason);
        if (failures == 1) {
            LOG.atLevel(backoff.equals(Backoff.HALTED) ? Level.ERROR : Level.WARN)
                    .log("{} table={} reason={}", phase, settings.table(), reason);
        }
        if (singlePass && (backoff.equals(Backoff.HALTED) || failures > 20)) {
            LOG.error("given up table={} reason={}", settings.table(), reason);
            finished = true;
            failed = true;
        }
    }

    /** Takes back what is not committed, and lets go of the source. */
    public void abandon() {
        TableSession current = session;
        session = null;
        bounds = null;
        passOver = false;
        closeWork();
        if (current != null) {
            // a page that failed may have committed parts of itself before
            restored = current.committed();
            takenBack = current.publisher().isOpen();
            current.publisher().abort();
        }
    }

    private void closeWork() {
        Work current = work;
        work = null;
        if (current != null) {
            try {
                current.close();
            } catch (SQLException e) {
                LOG.debug("a connection of {} could not be given back", settings.table(), e);
            }
        }
    }
}
