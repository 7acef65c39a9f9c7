package io.syncline.common.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.syncline.common.model.HostileNames;
import io.syncline.common.model.TableId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.internals.Topic;
import org.junit.jupiter.api.Test;

final class TopicNameTest {

    private final Topics topics = new Topics("syncline");

    @Test
    void usualNamesAreReadable() {
        assertThat(topics.rows(new TableId("shop", "order_items2"))).isEqualTo("syncline.rows.shop.order_items2");
    }

    @Test
    void theSharedTopicsHaveFixedNames() {
        assertThat(topics.schemas()).isEqualTo("syncline.schemas");
        assertThat(topics.watermarks()).isEqualTo("syncline.watermarks");
        assertThat(topics.rejects()).isEqualTo("syncline.rejects");
    }

    @Test
    void otherBytesBecomeTheirCode() {
        assertThat(topics.rows(new TableId("my-shop", "a.b ü"))).isEqualTo("syncline.rows.my-2dshop.a-2eb-20-c3-bc");
    }

    @Test
    void hostileNamesAreLegalForKafkaAndDoNotMeet() {
        Map<String, TableId> names = new HashMap<>();
        List<String> hostile = HostileNames.all();
        for (String database : hostile) {
            for (String table : hostile) {
                TableId id = new TableId(database, table);
                String topic = topics.rows(id);
                assertThatCode(() -> Topic.validate(topic)).as("%s", id).doesNotThrowAnyException();
                assertThat(names.put(topic, id)).as("%s", id).isNull();
            }
        }
    }

    @Test
    void noTopicIsTakenForOneOfTheSharedOnes() {
        for (String name : List.of("schemas", "watermarks", "rejects", "rows")) {
            assertThat(topics.rows(new TableId(name, name)))
                    .isNotIn(topics.schemas(), topics.watermarks(), topics.rejects());
        }
    }

    /** Kafka refuses a topic whose name is that of another but for dots in place of underscores. */
    @Test
    void tablesOfOneDatabaseAreToldApartByKafkasMetricsToo() {
        List<String> hostile = HostileNames.all();
        Map<String, String> names = new HashMap<>();
        for (String table : hostile) {
            String topic = topics.rows(new TableId("shop", table));
            assertThat(names.put(Topic.unifyCollisionChars(topic), table))
                    .as(table)
                    .isNull();
        }
    }

    @Test
    void theLongestPrefixAndNamesGiveALegalTopic() {
        Topics longest = new Topics("p".repeat(100));
        String database = "订".repeat(64);

        String one = longest.rows(new TableId(database, "\ud83d\ude00".repeat(64)));
        String other = longest.rows(new TableId(database, "\ud83d\ude00".repeat(63) + "\ud83d\ude01"));

        assertThat(one).hasSize(249).isNotEqualTo(other);
        assertThatCode(() -> Topic.validate(one)).doesNotThrowAnyException();
    }
}
