package io.syncline.loader.rejects;

import io.syncline.common.event.Topics;
import io.syncline.common.mysql.Database;
import io.syncline.loader.catalog.Catalog;
import io.syncline.loader.target.PartitionFence;
import io.syncline.loader.target.TargetTables;
import io.syncline.loader.write.BatchWriter;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** The rejects that are open: those of which no newer version of the row has been applied. Not thread-safe. */
public final class Rejects {

    private final Database target;
    private final Catalog catalog;
    private final PartitionFence fence;
    private final TargetTables tables;
    private final BatchWriter writer;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final RejectsTopic topic;

    /** @param consumers readers of topics, each closed when it has done its part */
    public Rejects(
            Database target,
            Catalog catalog,
            PartitionFence fence,
            TargetTables tables,
            BatchWriter writer,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Producer<byte[], byte[]> producer,
            Topics topics) {
        this.target = target;
        this.catalog = catalog;
        this.fence = fence;
        this.tables = tables;
        this.writer = writer;
        this.consumers = consumers;
        this.topic = new RejectsTopic(consumers, producer, topics.rejects());
    }

    /**
     * Writes a line for each open reject.
     *
     * @param table whose rejects alone count, as {@code orders} or {@code shop.orders}; null for all
     * @param retry whether to write their rows once more
     * @return whether none is left open
     */
    public boolean report(@Nullable String table, boolean retry, PrintWriter out)
            throws SQLException, InterruptedException {
        int open = 0;
        try (LaterEvents later = new LaterEvents(consumers)) {
            RejectRetry retries = new RejectRetry(target, catalog, fence, tables, writer, later);
            for (OpenReject reject : topic.newestOfEachRow()) {
                if (table != null && !reject.isOf(table, catalog)
                        || retries.judge(reject) == LaterEvents.Verdict.REPLACED) {
                    continue;
                }
                String line = reject.describe(catalog);
                if (retry) {
                    RejectRetry.Outcome outcome = retries.retry(reject);
                    line += "  " + (outcome.done() ? "closed: " : "still open: ") + outcome.message();
                    if (outcome.done()) {
                        topic.close(reject);
                        open--;
                    }
                }
                open++;
                out.println(line);
            }
        }
        out.println(open == 0 ? "no open rejects" : open + " open");
        return open == 0;
    }
}
