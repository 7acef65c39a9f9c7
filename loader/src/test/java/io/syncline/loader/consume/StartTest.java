package io.syncline.loader.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.loader.consume.Start.Reached;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StartTest {

    private static final TopicPartition PARTITION = new TopicPartition("rows.users", 2);

    @Test
    void aPartitionWithoutOffsetBeginsWithItsFirstRecord() {
        assertThat(start(Optional.empty(), 5, 9)).isEqualTo(new Start(5, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 7, 9})
    void anOffsetOfThisTopicIsWhereItGoesOn(long offset) {
        assertThat(start(reached(offset, "this"), 5, 9)).isEqualTo(new Start(offset, Optional.empty()));
    }

    @Test
    void anOffsetSetByHandNamesNoTopicAndCounts() {
        assertThat(start(reached(6, ""), 5, 9)).isEqualTo(new Start(6, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, 1000})
    void anOffsetOfAnotherTopicOfThatNameSaysNothing(long offset) {
        assertThat(start(reached(offset, "former"), 5, 9)).isEqualTo(new Start(5, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 4, 10, 1000})
    void recordsThatAreGoneAreNotPassedOver(long offset) {
        assertThat(start(reached(offset, "this"), 5, 9).lost().orElseThrow())
                .contains("offset " + offset + " of rows.users-2", "holds 5 to 9", "delete the topic rows.users");
        assertThat(start(reached(offset, ""), 5, 9).lost()).isPresent();
        assertThat(start(reached(offset, "this"), 5, 9).offset()).isEqualTo(offset);
    }

    private static Optional<Reached> reached(long offset, String topicId) {
        return Optional.of(new Reached(offset, topicId));
    }

    private static Start start(Optional<Reached> reached, long first, long end) {
        return Start.of(PARTITION, reached, "this", first, end);
    }
}
