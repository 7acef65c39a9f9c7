package io.syncline.loader.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.event.RefreshMarker;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.SampleRows;
import io.syncline.loader.SampleTable;
import io.syncline.loader.target.SampleTarget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LaneTest {

    private static final TopicPartition PARTITION = new TopicPartition("rows.users", 0);
    private static final int GENERATION = 4;

    private final RowSchema users = SampleTable.users().rows();
    private final SampleRows rows = SampleRows.of(users, PARTITION);
    private final FakeTarget target = FakeTarget.holding(users);
    private final Lane lane = new Lane(PARTITION, target.applier(), GENERATION, "topic-1", 5, true);

    @AfterEach
    void closeTarget() {
        target.close();
    }

    @Test
    void whatIsInTheQueueIsAppliedUnderTheEpochThatWasRaised() {
        lane.add(List.of(rows.at(5, 1, "a"), rows.at(6, 2, "b"), rows.at(7, 1, "c")));
        assertThat(lane.claim()).isTrue();

        lane.run();

        assertThat(lane.doneOffset()).isEqualTo(8);
        assertThat(lane.queuedBytes()).isZero();
        assertThat(lane.status().state()).isEqualTo(Lane.State.WORKING);
        assertThat(lane.status().rows()).isEqualTo(3);
        assertThat(lane.status().queued()).isZero();
        assertThat(lane.status().lastSuccess()).isNotNull();
        assertThat(target.server().log("UPDATE `_syncline_partition` SET epoch"))
                .singleElement()
                .asString()
                .endsWith("[4, 5, topic-1, true, group, rows.users, 0]");
        assertThat(target.server().log("UPDATE `_syncline_partition` SET next_offset"))
                .singleElement()
                .asString()
                .endsWith("[8, group, rows.users, 0, 5]");
        assertThat(written()).singleElement().asString().contains("(1,'c',").doesNotContain("'a'");
    }

    @Test
    void onlyOneThreadHasALaneAtATime() {
        lane.add(List.of(rows.at(5, 1, "a")));

        assertThat(lane.claim()).isTrue();
        assertThat(lane.claim()).isFalse();
        lane.run();
        assertThat(lane.claim()).isFalse();
        lane.add(List.of(rows.at(6, 1, "b")));
        assertThat(lane.claim()).isTrue();
    }

    @Test
    void theNewestSchemaIsBroughtToTheTargetBeforeAnyRow() {
        assertThat(lane.isPrepared()).isFalse();
        assertThat(lane.claim()).isTrue();

        lane.run();

        assertThat(lane.isPrepared()).isTrue();
        assertThat(target.server().log("SHOW CREATE TABLE `copy`.`users`")).isNotEmpty();
        assertThat(lane.doneOffset()).isEqualTo(5);
    }

    @Test
    void aTableIsMadeByTheNewestSchemaWhicheverLaneComesFirst() {
        Lane other = new Lane(new TopicPartition("rows.users", 1), target.applier(), GENERATION, "topic-1", 0, true);

        other.run();

        assertThat(target.server().log("SHOW CREATE TABLE `copy`.`users`")).isNotEmpty();
    }

    @Test
    void aDeadlockLeavesTheEventsAndIsTriedAgain() {
        target.server().refuses("INSERT INTO `copy`.`users`", "Deadlock found", "40001", 1213);
        lane.add(List.of(rows.at(5, 1, "a"), rows.at(6, 2, "b")));

        lane.run();

        assertThat(lane.status().isRetrying()).isTrue();
        assertThat(lane.status().error()).isEqualTo("Deadlock found (error 1213)");
        assertThat(lane.status().queued()).isEqualTo(2);
        assertThat(lane.doneOffset()).isEqualTo(5);
        assertThat(lane.isFull()).isTrue();
        assertThat(lane.isBusy()).isFalse();
        assertThat(lane.claim()).isFalse();

        target.server().forget("INSERT INTO `copy`.`users`");
        lane.run();

        assertThat(lane.status().state()).isEqualTo(Lane.State.WORKING);
        assertThat(lane.status().error()).isNull();
        assertThat(lane.status().rows()).isEqualTo(2);
        assertThat(lane.doneOffset()).isEqualTo(7);
        assertThat(lane.isFull()).isFalse();
    }

    @Test
    void aLaneThatWaitsGivesItsMemoryBackAndGoesOnWhereItWas() {
        lane.add(List.of(rows.at(5, 1, "a")));
        assertThat(lane.shed()).as("while it works").isEmpty();
        target.server().refuses("INSERT INTO `copy`.`users`", "Deadlock found", "40001", 1213);
        lane.run();

        assertThat(lane.shed()).hasValue(5);
        assertThat(lane.shed()).as("once more").isEmpty();
        assertThat(lane.queuedBytes()).isZero();

        target.server().forget("INSERT INTO `copy`.`users`");
        lane.add(List.of(rows.at(5, 1, "a")));
        lane.run();

        assertThat(lane.doneOffset()).isEqualTo(6);
    }

    @Test
    void anErrorThatStaysHaltsTheLane() {
        target.server().refuses("INSERT INTO `copy`.`users`", "command denied", "42000", 1142);
        lane.add(List.of(rows.at(5, 1, "a")));

        lane.run();

        assertThat(lane.status().isHalted()).isTrue();
        assertThat(lane.status().error()).isEqualTo("command denied (error 1142)");
        assertThat(lane.doneOffset()).isEqualTo(5);
    }

    @Test
    void aTableThatWasChangedUnderAwayIsLookedAtAgainBeforeTheLaneHalts() {
        target.server().refuses("INSERT INTO `copy`.`users`", "Unknown column", "42S22", 1054);
        lane.add(List.of(rows.at(5, 1, "a")));

        for (int i = 0; i < 3; i++) {
            lane.run();
            assertThat(lane.status().isRetrying()).isTrue();
        }
        lane.run();

        assertThat(lane.status().isHalted()).isTrue();
        assertThat(target.server().log("SHOW CREATE TABLE")).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void aLaneThatLostItsPartitionAppliesNothingMore() {
        target.server().changes("UPDATE `_syncline_partition` SET next_offset", 0);
        lane.add(List.of(rows.at(5, 1, "a")));

        lane.run();

        assertThat(lane.status().state()).isEqualTo(Lane.State.FENCED);
        assertThat(written()).isEmpty();
        assertThat(lane.doneOffset()).isEqualTo(5);
        assertThat(lane.claim()).isFalse();
    }

    @Test
    void aMemberOfAnEarlierGenerationTakesNothingOverUntilTheGroupConfirmsIt() {
        Lane late = new Lane(PARTITION, target.applier(), 0, "topic-1", 5, true);
        late.add(List.of(rows.at(5, 1, "a")));

        late.run();
        late.run();
        assertThat(late.contested()).hasValue(5);
        late.confirm(4);
        late.run();

        assertThat(late.status().state()).isEqualTo(Lane.State.FENCED);
        assertThat(target.server().log("UPDATE `_syncline_partition` SET epoch"))
                .isEmpty();

        late.confirm(5);
        assertThat(late.contested()).isEmpty();
        late.run();

        assertThat(late.status().state()).isEqualTo(Lane.State.WORKING);
        assertThat(target.server().log("UPDATE `_syncline_partition` SET epoch"))
                .hasSize(1);
        assertThat(late.doneOffset()).isEqualTo(6);
    }

    @Test
    void aConfirmationIsWorthNothingAgainstWhoeverCameLater() {
        Lane late = new Lane(PARTITION, target.applier(), 0, "topic-1", 5, true);
        late.add(List.of(rows.at(5, 1, "a")));
        late.run();
        late.confirm(5);
        target.server().yields("SELECT epoch, group_generation", Map.of("1", 6, "2", 2, "3", 5, "4", "topic-1"));

        late.run();

        assertThat(late.contested()).hasValue(6);
        assertThat(target.server().log("UPDATE `_syncline_partition` SET epoch"))
                .isEmpty();
    }

    @Test
    void whatTheTargetHasBeyondKafkasOffsetIsNotAppliedAgain() {
        target.server().yields("SELECT epoch, group_generation", Map.of("1", 5, "2", 1, "3", 7, "4", "topic-1"));
        lane.add(List.of(rows.at(5, 1, "a"), rows.at(6, 1, "b")));

        lane.run();
        lane.add(List.of(rows.at(6, 1, "b"), rows.at(7, 1, "c")));
        lane.run();

        assertThat(written()).singleElement().asString().contains("(1,'c',");
        assertThat(lane.doneOffset()).isEqualTo(8);
    }

    @Test
    void anOffsetThatWasSetByHandHasEventsAppliedAgain() {
        target.server().yields("SELECT epoch, group_generation", Map.of("1", 5, "2", 1, "3", 7, "4", "topic-1"));
        Lane again = new Lane(PARTITION, target.applier(), GENERATION, "topic-1", 5, false);
        again.add(List.of(rows.at(5, 1, "a"), rows.at(6, 1, "b")));

        again.run();
        again.confirm(5);
        again.run();
        again.noted();
        again.run();

        assertThat(written()).singleElement().asString().contains("(1,'b',");
        assertThat(again.resumes()).isTrue();
    }

    /** Whoever was away may have learned long ago that there is no offset, in a group with no later generation. */
    @Test
    void whoWouldHaveEventsAppliedAgainTakesNothingOverUntilTheGroupConfirmsIt() {
        Lane again = new Lane(PARTITION, target.applier(), GENERATION, "topic-1", 5, false);
        Lane ofAnotherTopic = new Lane(PARTITION, target.applier(), GENERATION, "topic-2", 5, true);

        for (Lane unconfirmed : List.of(again, ofAnotherTopic)) {
            unconfirmed.run();

            assertThat(unconfirmed.status().state()).isEqualTo(Lane.State.FENCED);
            assertThat(unconfirmed.contested()).hasValue(5);
        }
        assertThat(target.server().log("UPDATE `_syncline_partition` SET epoch"))
                .isEmpty();

        again.confirm(5);
        again.run();

        assertThat(target.server().log("UPDATE `_syncline_partition` SET epoch"))
                .hasSize(1);
    }

    /** A crash behind the first batch would look like an offset that was set by hand, and rows would go back. */
    @Test
    void whereALoaderIsTheFirstNothingIsAppliedBeforeKafkaHasItsOffset() {
        Lane first = new Lane(PARTITION, target.applier(), GENERATION, "topic-1", 5, false);
        first.add(List.of(rows.at(5, 1, "a")));

        first.run();
        first.confirm(5);
        first.run();

        assertThat(target.server().log("UPDATE `_syncline_partition` SET epoch"))
                .hasSize(1);
        assertThat(written()).isEmpty();
        assertThat(first.claim()).isFalse();

        first.noted();

        assertThat(first.claim()).isTrue();
        first.run();
        assertThat(first.doneOffset()).isEqualTo(6);
    }

    @Test
    void whoTakesForAppliedWhatAnotherAppliesAgainTakesNothingOverUnconfirmed() {
        target.server().yields("SELECT epoch, group_generation", Map.of("1", 5, "2", 1, "3", 2, "4", "topic-1"));
        lane.add(List.of(rows.at(5, 1, "a")));

        lane.run();

        assertThat(lane.status().state()).isEqualTo(Lane.State.FENCED);
        assertThat(lane.contested()).hasValue(5);
    }

    @Test
    void whatTheTargetHasLostIsNotGoneOnFrom() {
        target.server().yields("SELECT epoch, group_generation", Map.of("1", 6, "2", 1, "3", 0, "4", "table lost"));
        lane.add(List.of(rows.at(5, 1, "a")));

        lane.run();

        assertThat(lane.startsOver()).isTrue();
        assertThat(lane.claim()).isFalse();
        assertThat(lane.status().error()).contains("the target has lost what was applied to it of rows.users");
        assertThat(written()).isEmpty();
    }

    @Test
    void aTargetThatKnowsNothingOfAPartitionHasLostWhatWasApplied() {
        target.server().yields("SELECT epoch, group_generation", List.of());
        lane.add(List.of(rows.at(5, 1, "a")));

        lane.run();

        assertThat(lane.startsOver()).isTrue();
        assertThat(written()).isEmpty();
    }

    @Test
    void whoBeginsAgainTakesALostPartitionOver() {
        target.server().yields("SELECT epoch, group_generation", Map.of("1", 6, "2", 1, "3", 0, "4", "table lost"));
        Lane again = new Lane(PARTITION, target.applier(), GENERATION, "topic-1", 0, false);
        again.add(List.of(rows.at(0, 1, "a")));

        again.run();
        again.confirm(6);
        again.run();
        again.noted();
        again.run();

        assertThat(again.startsOver()).isFalse();
        assertThat(written()).hasSize(1);
    }

    @Test
    void anIdleLaneIsToldOfALossThatCameBehindItsTakeover() {
        lane.add(List.of(rows.at(5, 1, "a")));
        lane.run();

        lane.lost(5);
        assertThat(lane.startsOver()).as("it has taken over with that epoch").isFalse();
        lane.lost(6);
        assertThat(lane.startsOver()).isTrue();
    }

    @Test
    void aMarkerIsHandledWhileTheFenceIsHeldAndNotedInItsTransaction() {
        target.server().holds("users", SampleTarget.like(users).description());
        lane.add(List.of(marker(RefreshMarker.Kind.BEGIN)));

        lane.run();

        List<String> steps = target.server().log().stream()
                .filter(sql -> sql.startsWith("UPDATE `_syncline_partition` SET next_offset")
                        || sql.startsWith("INSERT INTO `_syncline_refresh`")
                        || sql.startsWith("CREATE TABLE")
                        || sql.startsWith("COMMIT"))
                .map(sql -> sql.substring(0, sql.indexOf(' ') < 0 ? sql.length() : sql.indexOf(' ')))
                .toList();
        // the first commit is the takeover's
        assertThat(steps).containsExactly("COMMIT", "UPDATE", "INSERT", "COMMIT", "UPDATE", "CREATE", "COMMIT");
        assertThat(target.server().log("UPDATE `_syncline_partition` SET next_offset"))
                .as("a crash between the two has the marker handled again")
                .satisfiesExactly(
                        note -> assertThat(note).contains("[5, "),
                        table -> assertThat(table).contains("[6, "));
        assertThat(lane.doneOffset()).isEqualTo(6);
    }

    @Test
    void aFormerOwnersMarkerChangesNothing() {
        target.server().changes("UPDATE `_syncline_partition` SET next_offset", 0);
        lane.add(List.of(marker(RefreshMarker.Kind.BEGIN)));

        lane.run();

        assertThat(lane.status().state()).isEqualTo(Lane.State.FENCED);
        assertThat(target.server().log("INSERT INTO `_syncline_refresh`")).isEmpty();
        assertThat(target.server().log("CREATE TABLE")).isEmpty();
    }

    /** A crash came between the swap and the offset: the staging table is gone, and its marks with it. */
    @Test
    void anEndWhoseSwapIsDoneAsksForNothingMore() {
        lane.add(List.of(marker(RefreshMarker.Kind.END)));
        target.server().yields("SELECT COUNT(expected_rows)", Map.of("1", 1, "2", 3L, "3", 0L));

        lane.run();

        assertThat(lane.status().error()).isNull();
        assertThat(lane.doneOffset()).isEqualTo(6);
        assertThat(target.server().log("RENAME TABLE")).isEmpty();
        assertThat(target.server().log("DELETE FROM `_syncline_refresh`")).hasSize(1);
    }

    /** Or it would make the staging table's indexes with its fence held, beside the partition whose end comes last. */
    @Test
    void aPartitionThatEndsBeforeAnotherLeavesTheRefreshToThat() {
        lane.add(List.of(marker(RefreshMarker.Kind.END)));
        target.server().yields("SELECT COUNT(expected_rows)", Map.of("1", 0, "2", 0L, "3", 0L));

        lane.run();

        assertThat(lane.doneOffset()).isEqualTo(6);
        assertThat(target.server().log("UPDATE `_syncline_refresh` SET expected_rows"))
                .hasSize(1);
        assertThat(target.server().log("SELECT COUNT(expected_rows)"))
                .as("another's end may come behind the first look")
                .hasSize(1);
    }

    private static ConsumerRecord<byte[], byte[]> marker(RefreshMarker.Kind kind) {
        RefreshMarker marker = new RefreshMarker(kind, 1, "1700000000.0000000", 1, 0, 1, 0);
        return SampleRows.event(PARTITION, 5, marker.key(), marker.value());
    }

    @Test
    void anEventThatIsNotOursIsRejectedWithItsPlaceAndTheOffsetMovesOn() {
        byte[] text = "hello".getBytes(StandardCharsets.US_ASCII);
        lane.add(List.of(SampleRows.event(PARTITION, 5, text, text), rows.at(6, 1, "a")));

        lane.run();

        assertThat(lane.doneOffset()).isEqualTo(7);
        assertThat(lane.status().rejects()).isEqualTo(1);
        assertThat(target.rejects()).singleElement().satisfies(reject -> {
            assertThat(reject.topic()).isEqualTo("syncline.rejects");
            assertThat(reject.value()).isEqualTo(text);
            assertThat(reject.headers().lastHeader("offset").value())
                    .isEqualTo("5".getBytes(StandardCharsets.US_ASCII));
        });
    }

    @Test
    void aTombstoneMovesTheOffsetAndNothingElse() {
        lane.add(List.of(SampleRows.event(PARTITION, 5, rows.key(1), null)));

        lane.run();

        assertThat(lane.doneOffset()).isEqualTo(6);
        assertThat(written()).isEmpty();
        assertThat(lane.status().rejects()).isZero();
    }

    @Test
    void aSchemaThatCannotBeReadHaltsTheLaneAndKeepsTheEvents() {
        RowSchema unknown = SampleTable.users().rows(2);
        lane.add(List.of(rows.at(5, 1, "a"), SampleRows.of(unknown, PARTITION).at(6, 1, "b")));

        lane.run();

        assertThat(lane.status().isHalted()).isTrue();
        assertThat(lane.status().error()).startsWith("the schemas topic could not be read to its end");
        assertThat(lane.status().queued()).isEqualTo(2);
    }

    @Test
    void aBatchHoldsFortyThousandEventsAtMost() {
        lane.add(LongStream.range(5, 120_006).mapToObj(this::row).toList());
        assertThat(lane.isFull()).isTrue();

        lane.run();

        assertThat(lane.doneOffset()).isEqualTo(40_005);
        assertThat(lane.status().queued()).isEqualTo(80_001);
        assertThat(lane.isFull()).isFalse();
        assertThat(lane.isBusy()).isTrue();
        assertThat(lane.claim()).isTrue();
    }

    @Test
    void aClosedLaneBeginsNothing() throws InterruptedException {
        lane.add(List.of(rows.at(5, 1, "a")));

        lane.close(Duration.ofSeconds(1));

        assertThat(lane.claim()).isFalse();
    }

    private ConsumerRecord<byte[], byte[]> row(long offset) {
        return rows.at(offset, 1, "a");
    }

    private List<String> written() {
        return target.server().log("INSERT INTO `copy`.`users`");
    }
}
