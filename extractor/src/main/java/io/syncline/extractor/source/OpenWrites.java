package io.syncline.extractor.source;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far back what is not committed yet may have been stamped, by looks at the source one after another. A statement takes its timestamp
 * when it begins, and its transaction begins when it has waited for the locks of its tables. So a transaction's rows can be older than
 * it is, and only the look before knows its first statement: as one under way, or not at all, and then it began later. Not thread-safe.
 */
final class OpenWrites {

    /** Of a transaction that was open at the first look already, whose first statement nobody saw. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /** A statement under way. */
    record Running(long session, Duration age) {}

    /** A transaction; one that has not written yet may get another id when it does. */
    record Open(String id, long session, Duration age) {}

    /** What was under way at a look, with the time at which it began. */
    private record Look(LocalDateTime utc, Map<Long, LocalDateTime> running) {}

    private Map<String, LocalDateTime> stampedFrom = Map.of();
    private @Nullable Look last;
    private @Nullable LocalDateTime oldest;

    /**
     * Takes a look in, and tells the age of the oldest timestamp that is not visible yet; to the precision of the ages.
     *
     * @param utc the source's clock before the statements were looked at
     * @param running looked at before the transactions
     */
    Duration oldest(LocalDateTime utc, Collection<Running> running, Collection<Open> open) {
        Map<Long, LocalDateTime> statements = new HashMap<>();
        running.forEach(
                statement -> statements.merge(statement.session(), utc.minus(statement.age()), OpenWrites::earlier));
        Map<String, LocalDateTime> transactions = new HashMap<>();
        open.forEach(transaction -> transactions.put(transaction.id(), stampedFrom(transaction, utc)));
        stampedFrom = transactions;
        last = new Look(utc, statements);
        LocalDateTime from = Stream.concat(statements.values().stream(), transactions.values().stream())
                .reduce(utc, OpenWrites::earlier);
        oldest = from;
        return Duration.between(from, utc);
    }

    /** The same where a look failed: whatever the last one saw may still be there, and all else began later. */
    Duration oldestUnseen(LocalDateTime utc) {
        LocalDateTime from = oldest;
        return from == null ? LONGEST_WAIT : Duration.between(from, utc);
    }

    private LocalDateTime stampedFrom(Open transaction, LocalDateTime utc) {
        LocalDateTime known = stampedFrom.get(transaction.id());
        LocalDateTime began = utc.minus(transaction.age());
        if (known != null) {
            return earlier(known, began);
        }
        Look before = last;
        LocalDateTime statement = before == null
                ? began.minus(LONGEST_WAIT)
                : before.running().getOrDefault(transaction.session(), before.utc());
        return earlier(statement, began);
    }

    private static LocalDateTime earlier(LocalDateTime one, LocalDateTime other) {
        return one.isBefore(other) ? one : other;
    }
}
