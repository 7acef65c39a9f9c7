package io.syncline.loader.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.loader.FakeServer;
import java.sql.SQLException;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TableHaltsTest {

    private static final TopicPartition PARTITION = new TopicPartition("rows", 1);

    private final FakeServer server = new FakeServer();

    private TableHalts halts(boolean on) {
        return new TableHalts(server.database(), "group", on);
    }

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void anotherPartitionsRefusalIsInTheWay() {
        server.yields("SELECT partition_number, refusal", Map.of("1", 2, "2", "row 7 is refused"));

        assertThatThrownBy(() -> halts(true).requireNone(PARTITION))
                .isInstanceOf(UnfitTargetException.class)
                .hasMessage("row 7 is refused");
    }

    @Test
    void thePartitionOfTheRefusedRowMayTryAgain() {
        server.yields("SELECT partition_number, refusal", Map.of("1", 1, "2", "row 7 is refused"));

        assertThatCode(() -> halts(true).requireNone(PARTITION)).doesNotThrowAnyException();
    }

    @Test
    void whereRowsAreSetAsideNothingIsAsked() throws SQLException {
        halts(false).requireNone(PARTITION);

        assertThat(server.log()).isEmpty();
    }

    @Test
    void aRefusalOfAnyLengthIsNotedUnderTheEpoch() throws SQLException {
        halts(true).note(PARTITION, 5, 42, new RefusedRowException("x".repeat(2000)));

        assertThat(server.log("UPDATE `_syncline_partition`"))
                .singleElement()
                .asString()
                .contains("AND epoch = ?")
                .contains("[42, " + "x".repeat(1000) + ", group, rows, 1, 5]");
    }
}
