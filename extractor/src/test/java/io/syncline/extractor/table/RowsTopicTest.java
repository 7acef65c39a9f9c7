package io.syncline.extractor.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.event.Watermark;
import io.syncline.common.event.Watermark.Phase;
import io.syncline.common.kafka.OffsetRange;
import io.syncline.common.model.TableId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RowsTopicTest {

    private static final RowsTopic TOPIC =
            new RowsTopic("rows.users", "this", List.of(new OffsetRange(0, 10), new OffsetRange(4, 8)));

    @Test
    void nothingIsGoneWhereTheNewestEventsAreThere() {
        assertThat(TOPIC.whatIsGone(published("this", 9L, 4L))).isEmpty();
        assertThat(TOPIC.whatIsGone(published("this", -1L, -1L))).isEmpty();
        assertThat(TOPIC.whatIsGone(published(null, 9L, 4L))).isEmpty();
    }

    @Test
    void anotherTopicOfTheNameHasNothingOfIt() {
        assertThat(TOPIC.whatIsGone(published("former", 9L, 4L)))
                .hasValue("the topic rows.users was deleted or made anew");
    }

    @Test
    void aTopicThatShrankOrWasEmptiedHasLostEvents() {
        assertThat(TOPIC.whatIsGone(published("this", 10L, 4L)).orElseThrow()).contains("partition 0 was 10");
        assertThat(TOPIC.whatIsGone(published("this", 9L, 3L)).orElseThrow()).contains("partition 1 was 3");
    }

    @Test
    void anEventThatNoReaderIsGivenWasTakenBack() {
        Watermark watermark = published("this", 9L, 4L);
        TopicPartition first = new TopicPartition("rows.users", 0);
        TopicPartition second = new TopicPartition("rows.users", 1);

        assertThat(TOPIC.whatWasTakenBack(watermark, Map::keySet)).isEmpty();
        assertThat(TOPIC.whatWasTakenBack(watermark, offsets -> {
                    assertThat(offsets).containsExactlyInAnyOrderEntriesOf(Map.of(first, 9L, second, 4L));
                    return Set.of(first);
                }))
                .hasValue("Kafka has taken back what it had committed to the topic rows.users: event 4 of partition 1");
        assertThat(TOPIC.whatWasTakenBack(published("this", -1L, -1L), offsets -> Set.of()))
                .isEmpty();
    }

    private static Watermark published(@Nullable String topicId, Long... ends) {
        return WatermarkEdit.beginning(new TableId("shop", "users"), "", Phase.INCREMENTAL, 0, topicId, List.of(ends));
    }
}
