package io.syncline.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.config.KafkaSettings;
import io.syncline.common.event.Topics;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KafkaClientsTest {

    @Test
    void aTransactionMayLastAsLongAsBrokersAllowByDefault() {
        assertThat(transactions(Map.of())).containsEntry("transaction.timeout.ms", 900_000);
    }

    @Test
    void theUserMaySayHowLongATransactionMayLastButNotWhoseItIs() {
        assertThat(transactions(Map.of("transaction.timeout.ms", "8000", "transactional.id", "mine")))
                .containsEntry("transaction.timeout.ms", "8000")
                .containsEntry("transactional.id", "syncline-extractor-3");
    }

    private static Map<String, Object> transactions(Map<String, String> client) {
        KafkaSettings settings = new KafkaSettings(client, Set.of(), new Topics("syncline"), 1, 8);
        return new KafkaClients(settings, "extractor").transactions("syncline-extractor-3");
    }
}
