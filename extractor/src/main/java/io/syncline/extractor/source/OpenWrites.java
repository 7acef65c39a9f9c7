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
    /** Of ages in whole seconds, taken twice. */
    private static final Duration PRECISION = Duration.ofSeconds(2);

    /** A statement under way. */
    record Running(long session, Duration age) {}

    /** A transaction. One that has not written yet has an id that its session's next one may have, too. */
    record Open(String id, long session, Duration age) {}

    private record Key(String id, long session) {}

    /** Of a transaction: when it began, and the earliest time at which its rows may have been stamped. */
    private record Stamps(LocalDateTime began, LocalDateTime from) {}

    /** The statements of each session at a look, with the time at which they began, and the earliest time of all that was under way. */
    private record Look(LocalDateTime utc, Map<Long, LocalDateTime> statements, LocalDateTime oldest) {}

    private Map<Key, Stamps> transactions = Map.of();
    private @Nullable Look last;
    private boolean isDoubtful;

    /**
     * Takes a look in, and tells the age of the oldest timestamp that is not visible yet; to the precision of the ages.
     *
     * @param utc the source's clock before the statements were looked at
     * @param running looked at before the transactions
     */
    Duration oldest(LocalDateTime utc, Collection<Running> running, Collection<Open> open) {
        isDoubtful = false;
        Map<Key, Stamps> stamps = new HashMap<>();
        open.forEach(
                transaction -> stamps.put(new Key(transaction.id(), transaction.session()), stamps(transaction, utc)));
        Map<Long, LocalDateTime> statements = new HashMap<>();
        running.forEach(
                statement -> statements.merge(statement.session(), utc.minus(statement.age()), OpenWrites::earlier));
        LocalDateTime oldest = Stream.concat(
                        statements.values().stream(), stamps.values().stream().map(Stamps::from))
                .reduce(utc, OpenWrites::earlier);
        transactions = stamps;
        last = new Look(utc, statements, oldest);
        return Duration.between(oldest, utc);
    }

    private Stamps stamps(Open transaction, LocalDateTime utc) {
        LocalDateTime began = utc.minus(transaction.age());
        Stamps known = transactions.get(new Key(transaction.id(), transaction.session()));
        if (known != null && !began.isAfter(known.began().plus(PRECISION))) {
            return new Stamps(known.began(), earlier(known.from(), began));
        }
        LocalDateTime from = earlier(began, unseenSince(transaction, began));
        isDoubtful |= from.isBefore(began.minus(PRECISION));
        return new Stamps(began, from);
    }

    private LocalDateTime unseenSince(Open transaction, LocalDateTime began) {
        Look before = last;
        return before == null
                ? began.minus(LONGEST_WAIT)
                : before.statements().getOrDefault(transaction.session(), before.utc());
    }

    /** Whether transactions were new at the last look, the one before which is long ago: a further look soon tells more. */
    boolean isDoubtful() {
        return isDoubtful;
    }

    /** The same where a look failed: whatever the last one saw may still be there, and all else began later. */
    Duration oldestUnseen(LocalDateTime utc) {
        Look before = last;
        return before == null ? LONGEST_WAIT : Duration.between(before.oldest(), utc);
    }

    private static LocalDateTime earlier(LocalDateTime one, LocalDateTime other) {
        return one.isBefore(other) ? one : other;
    }
}
