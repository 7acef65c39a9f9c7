package io.syncline.loader.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.row.RowSchema;
import io.syncline.common.run.StopSignal;
import io.syncline.loader.SampleRows;
import io.syncline.loader.SampleTable;
import io.syncline.loader.catalog.Catalog;
import io.syncline.loader.catalog.SampleCatalog;
import io.syncline.loader.target.SampleTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PartitionPumpTest {

    private static final TopicPartition FIRST = new TopicPartition("rows.users", 0);
    private static final TopicPartition SECOND = new TopicPartition("rows.users", 1);

    private final RowSchema users = SampleTable.users().rows();
    private final Catalog catalog = SampleCatalog.of(users);
    private final FakeTarget target = new FakeTarget(catalog);
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final List<Duration> polls = new ArrayList<>();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            polls.add(timeout);
            return super.poll(timeout);
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
            super.commitSync(offsets);
            offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable OffsetCommitCallback callback) {
            if (commitsAreRefused && callback != null) {
                callback.onComplete(offsets, new KafkaException("not now"));
            } else {
                super.commitAsync(offsets, callback);
            }
        }
    };
    private boolean commitsAreRefused;
    private final Map<String, String> topicIds = new HashMap<>(Map.of("rows.users", "first"));
    private final List<Runnable> steps = new ArrayList<>();
    private final PartitionPump pump =
            new PartitionPump(consumer, catalog, target.applier(), topics -> topicIds, Runnable::run, 1_000_000);

    @BeforeEach
    void createTable() {
        target.server().holds("users", SampleTarget.like(users).description());
        target.server().yields("SELECT epoch, group_generation", Map.of("1", 5, "2", -1, "3", 0, "4", "first"));
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        consumer.updateEndOffsets(Map.of(FIRST, 10L, SECOND, 10L));
    }

    @AfterEach
    void closeTarget() {
        target.close();
    }

    @Test
    void rowsAreAppliedAndTheirOffsetsCommitted() throws InterruptedException {
        before(() -> assign(FIRST, SECOND));
        before(() -> consumer.addRecord(SampleRows.of(users, FIRST).at(0, 1, "a")));
        before(() -> consumer.addRecord(SampleRows.of(users, SECOND).at(0, 2, "b")));
        before(() -> {});

        run();

        assertThat(target.server().log("INSERT INTO `copy`.`users`")).hasSize(2);
        assertThat(committed).containsExactlyInAnyOrderEntriesOf(Map.of(FIRST, 1L, SECOND, 1L));
        assertThat(consumer.closed()).isTrue();
        assertThat(pump.status()).isEmpty();
    }

    @Test
    void eventsAreWaitedForLongerWhereNothingElseIsDue() throws InterruptedException {
        before(() -> assign(FIRST));
        before(() -> {});
        before(() -> consumer.addRecord(SampleRows.of(users, FIRST).at(0, 1, "a")));
        before(() -> {});
        before(() -> {
            target.server().refuses("INSERT INTO `copy`.`users`", "Deadlock found", "40001", 1213);
            consumer.addRecord(SampleRows.of(users, FIRST).at(1, 1, "b"));
        });
        before(() -> {});

        run();

        Duration usual = polls.get(0); // for partitions to be assigned
        assertThat(polls.get(polls.size() - 2)).as("idle").isGreaterThan(usual);
        assertThat(polls.get(polls.size() - 1)).as("with a batch to try again").isLessThanOrEqualTo(usual);
    }

    @Test
    void nothingIsAppliedBeforeKafkaHasTheOffsetToBeginWith() throws InterruptedException {
        commitsAreRefused = true;
        before(() -> consumer.schedulePollTask(() -> consumer.rebalance(List.of(FIRST))));
        before(() -> {});
        before(() -> consumer.addRecord(SampleRows.of(users, FIRST).at(0, 1, "a")));
        before(() -> {});
        before(() -> assertThat(pump.status()).singleElement().matches(lane -> lane.rows() == 0));

        run();

        // the target knows of someone, whose offset is not set back before the group has confirmed this one
        assertThat(target.server().log("UPDATE `_syncline_partition` SET epoch"))
                .isEmpty();
        assertThat(target.server().log("INSERT INTO `copy`.`users`")).isEmpty();
    }

    @Test
    void whereKafkaHasNoOffsetTheGroupIsAskedBeforeThePartitionIsTakenOver() throws InterruptedException {
        before(() -> consumer.schedulePollTask(() -> consumer.rebalance(List.of(FIRST))));
        before(() -> {});
        before(() -> {});
        before(() -> {});

        run();

        assertThat(target.server().log("UPDATE `_syncline_partition` SET epoch"))
                .hasSize(1);
    }

    @Test
    void whatTheTargetHasLostIsReadFromTheFirstRecord() throws InterruptedException {
        target.server().yields("SELECT epoch, group_generation", Map.of("1", 6, "2", -1, "3", 0, "4", "table lost"));
        consumer.updateBeginningOffsets(Map.of(FIRST, 2L));
        before(() -> assignWithOffset(7, "first"));
        before(() -> {});
        List<Long> positions = new ArrayList<>();
        pump.run(new StopSignal(), () -> {
            if (!steps.isEmpty()) {
                steps.remove(0).run();
            } else {
                positions.add(consumer.position(FIRST));
            }
            return positions.contains(2L);
        });

        assertThat(positions).contains(7L);
        assertThat(pump.startedOver("rows.users"))
                .hasValueSatisfying(note -> assertThat(note).contains("had lost what was applied"));
    }

    @Test
    void theTopicsOfTheCatalogAreReadAsTheyCome() throws InterruptedException {
        before(() -> {});
        before(() -> {
            assertThat(consumer.subscription()).containsExactly("rows.users");
            SampleCatalog.add(
                    catalog,
                    SampleTable.named("orders").column("id", ColumnKind.INT).rows());
        });
        before(() -> {});
        before(() -> assertThat(consumer.subscription()).containsExactlyInAnyOrder("rows.users", "rows.orders"));

        run();
    }

    @Test
    void aPartitionWhoseTargetIsAwayIsPausedAndKept() throws InterruptedException {
        target.server().refuses("INSERT INTO `copy`.`users`", "Deadlock found", "40001", 1213);
        before(() -> assign(FIRST, SECOND));
        before(() -> consumer.addRecord(SampleRows.of(users, FIRST).at(0, 1, "a")));
        before(() -> {
            assertThat(consumer.paused()).containsExactly(FIRST);
            assertThat(pump.status()).hasSize(2);
            assertThat(pump.status()).filteredOn(LaneStatus::isRetrying).hasSize(1);
        });

        run();

        assertThat(committed.getOrDefault(FIRST, 0L)).isZero();
    }

    @Test
    void largeRowsThatWaitKeepNoOtherFromBeingFetched() throws InterruptedException {
        target.server().refuses("INSERT INTO `copy`.`users`", "Deadlock found", "40001", 1213);
        before(() -> assign(FIRST, SECOND));
        before(() -> consumer.addRecord(SampleRows.of(users, FIRST).at(0, 1, "a".repeat(1_100_000))));
        before(() -> {
            assertThat(consumer.paused()).containsExactly(FIRST);
            assertThat(consumer.position(FIRST)).as("to be fetched again").isZero();
            target.server().forget("INSERT INTO `copy`.`users`");
            consumer.addRecord(SampleRows.of(users, SECOND).at(0, 2, "b"));
        });
        before(() -> {});

        run();

        assertThat(committed).containsEntry(SECOND, 1L);
    }

    @Test
    void anOffsetOfAFormerTopicIsNoPlaceToGoOn() throws InterruptedException {
        before(() -> assignWithOffset(7, "former"));
        before(() -> {});
        before(() -> {
            assertThat(consumer.position(FIRST)).isZero();
            assertThat(pump.startedOver("rows.users").orElseThrow()).contains("deleted and made anew");
            assertThat(pump.status()).noneMatch(LaneStatus::isHalted);
        });

        run();
    }

    @Test
    void whereRecordsAreGoneThePartitionHaltsAndItsOffsetStays() throws InterruptedException {
        before(() -> assignWithOffset(700, "first"));
        before(() -> {});
        before(() -> {
            assertThat(pump.status()).singleElement().matches(LaneStatus::isHalted);
            assertThat(consumer.paused()).containsExactly(FIRST);
        });

        run();

        assertThat(committed).containsEntry(FIRST, 700L);
    }

    @Test
    void aTopicThatKafkaDoesNotKnowIsWaitedFor() throws InterruptedException {
        topicIds.clear();
        before(() -> assign(FIRST));
        before(() -> {});
        before(() -> assertThat(pump.status()).isEmpty());

        run();
    }

    @Test
    void whatIsTakenAwayIsCommittedFirst() throws InterruptedException {
        before(() -> assign(FIRST, SECOND));
        before(() -> consumer.addRecord(SampleRows.of(users, FIRST).at(0, 1, "a")));
        before(() -> {
            pump.onPartitionsRevoked(List.of(FIRST));
            assertThat(committed).containsEntry(FIRST, 1L);
            assertThat(pump.leads("rows.users")).isFalse();
            assertThat(pump.status()).extracting(LaneStatus::partition).containsExactly(SECOND);
        });

        run();
    }

    @Test
    void batchesThatHangAreWaitedForTogetherAndNotOneByOne() throws InterruptedException {
        Duration patience = Duration.ofMillis(300);
        List<TopicPartition> partitions = IntStream.range(0, 40)
                .mapToObj(number -> new TopicPartition("rows.users", number))
                .toList();
        partitions.forEach(partition -> {
            consumer.updateBeginningOffsets(Map.of(partition, 0L));
            consumer.updateEndOffsets(Map.of(partition, 10L));
        });
        // of a target that does not answer
        PartitionPump hanging = new PartitionPump(
                consumer, catalog, target.applier(), topics -> topicIds, work -> {}, 1_000_000, patience);
        before(() -> assign(partitions.toArray(TopicPartition[]::new)));
        before(() -> {});
        before(() -> {
            assertThat(hanging.status()).hasSize(40);
            long began = System.nanoTime();
            hanging.onPartitionsRevoked(partitions);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(patience.dividedBy(2), patience.multipliedBy(20));
            assertThat(hanging.status()).isEmpty();
        });

        run(hanging);
    }

    @Test
    void forWhatIsLostNothingIsCommitted() throws InterruptedException {
        before(() -> assign(FIRST, SECOND));
        before(() -> consumer.addRecord(SampleRows.of(users, FIRST).at(0, 1, "a")));
        before(() -> {
            pump.onPartitionsLost(List.of(FIRST));
            assertThat(pump.status()).extracting(LaneStatus::partition).containsExactly(SECOND);
        });

        run();

        assertThat(committed).containsEntry(FIRST, 0L);
    }

    @Test
    void whoeverHasTheFirstPartitionLeads() throws InterruptedException {
        before(() -> assign(SECOND));
        before(() -> {
            assertThat(pump.leads("rows.users")).isFalse();
            assertThat(pump.isPrepared("rows.users")).isTrue();
            assign(FIRST, SECOND);
        });
        before(() -> {
            assertThat(pump.leads("rows.users")).isTrue();
            assertThat(pump.leads("rows.orders")).isFalse();
            assertThat(pump.isPrepared("rows.users")).isTrue();
        });

        run();
    }

    @Test
    void whatKafkaSaysIsToldUntilItAnswersAgain() throws InterruptedException {
        before(() -> consumer.setPollException(new KafkaException("no broker")));
        before(() -> assertThat(pump.trouble()).isEqualTo("no broker"));
        before(() -> assertThat(pump.trouble()).isEmpty());

        run();
    }

    /** To be done before one of the pump's rounds. */
    private void before(Runnable step) {
        steps.add(step);
    }

    private void assign(TopicPartition... partitions) {
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(partitions));
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            List.of(partitions).forEach(partition -> offsets.put(partition, new OffsetAndMetadata(0, "first")));
            consumer.commitSync(offsets);
        });
        // where they begin is found out in the round after the one that brings them
        steps.add(0, () -> {});
    }

    private void assignWithOffset(long offset, String topicId) {
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(FIRST));
            consumer.commitSync(Map.of(FIRST, new OffsetAndMetadata(offset, topicId)));
        });
    }

    private void run() throws InterruptedException {
        run(pump);
    }

    private void run(PartitionPump running) throws InterruptedException {
        running.run(new StopSignal(), () -> {
            if (steps.isEmpty()) {
                return true;
            }
            steps.remove(0).run();
            return false;
        });
    }
}
