package io.syncline.extractor.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.extractor.source.OpenWrites.Open;
import io.syncline.extractor.source.OpenWrites.Running;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OpenWritesTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2024, 3, 10, 12, 0);

    private final OpenWrites writes = new OpenWrites();

    @BeforeEach
    void aLookAtASourceWithoutWork() {
        assertThat(at(0, List.of(), List.of())).isZero();
    }

    private Duration at(int second, List<Running> running, List<Open> open) {
        return writes.oldest(NOON.plusSeconds(second), running, open);
    }

    private static Running statement(long session, int seconds) {
        return new Running(session, Duration.ofSeconds(seconds));
    }

    private static Open transaction(String id, long session, int seconds) {
        return new Open(id, session, Duration.ofSeconds(seconds));
    }

    @Test
    void aStatementThatRunsIsAsOldAsItIs() {
        assertThat(at(10, List.of(statement(1, 3), statement(2, 4)), List.of())).hasSeconds(4);
    }

    @Test
    void aTransactionThatBeganBetweenTwoLooksMayBeStampedAsEarlyAsTheFormer() {
        assertThat(at(10, List.of(), List.of(transaction("a", 1, 2)))).hasSeconds(10);
        assertThat(at(15, List.of(), List.of(transaction("a", 1, 7)))).hasSeconds(15);
        assertThat(writes.isDoubtful()).isFalse();
        assertThat(at(20, List.of(), List.of(transaction("b", 1, 0)))).hasSeconds(5);
        assertThat(at(25, List.of(), List.of())).isZero();
    }

    @Test
    void aTransactionWhoseFirstStatementWasSeenToWaitIsStampedAtItsBeginning() {
        at(10, List.of(statement(1, 8), statement(2, 3)), List.of());

        assertThat(at(11, List.of(), List.of(transaction("b", 2, 0)))).hasSeconds(4);
        assertThat(at(12, List.of(), List.of(transaction("a", 1, 1), transaction("b", 2, 1))))
                .hasSeconds(5);
    }

    @Test
    void aTransactionThatDidNotWriteIsNotTakenForTheNextOneOfItsSession() {
        at(10, List.of(), List.of(transaction("not yet", 1, 1), transaction("not yet", 2, 9)));

        assertThat(at(20, List.of(), List.of(transaction("not yet", 1, 1)))).hasSeconds(10);
        assertThat(at(30, List.of(), List.of(transaction("not yet", 1, 1)))).hasSeconds(10);
    }

    @Test
    void aSecondLookSoonTellsMoreThanOneThatComesLate() {
        at(100, List.of(), List.of(transaction("a", 1, 0)));
        assertThat(writes.isDoubtful()).isTrue();

        assertThat(at(101, List.of(), List.of(transaction("b", 1, 0)))).hasSeconds(1);
        assertThat(writes.isDoubtful()).isFalse();
    }

    @Test
    void ofATransactionThatWasOpenBeforeTheFirstLookAMinuteMoreIsInDoubt() {
        OpenWrites fresh = new OpenWrites();

        assertThat(fresh.oldest(NOON, List.of(), List.of(transaction("a", 1, 5))))
                .hasSeconds(65);
    }

    @Test
    void aLookThatFailsFindsWhatTheLastOneSaw() {
        assertThat(new OpenWrites().oldestUnseen(NOON)).hasSeconds(60);
        at(10, List.of(statement(1, 2)), List.of());

        assertThat(writes.oldestUnseen(NOON.plusSeconds(100))).hasSeconds(92);
    }

    @Test
    void aTransactionIsNeverYoungerThanItSays() {
        assertThat(at(10, List.of(), List.of(transaction("prepared", 0, 1000)))).hasSeconds(1000);
    }
}
