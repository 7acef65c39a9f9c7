package io.syncline.loader.rejects;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.event.RejectHeader;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.SampleRows;
import io.syncline.loader.SampleTable;
import io.syncline.loader.catalog.Catalog;
import io.syncline.loader.catalog.SampleCatalog;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class OpenRejectTest {

    private final RowSchema users = SampleTable.users().rows();
    private final Catalog catalog = SampleCatalog.of(users);

    /** As the rejects topic has it: an empty value, and where the event stood. */
    private ConsumerRecord<byte[], byte[]> empty(String reason) {
        ConsumerRecord<byte[], byte[]> event = SampleRows.event(
                new TopicPartition("rejects", 0), 1, SampleRows.of(users).key(7), new byte[0]);
        RejectHeader.REASON.addTo(event.headers(), reason);
        RejectHeader.TOPIC.addTo(event.headers(), "rows.users");
        RejectHeader.PARTITION.addTo(event.headers(), "2");
        RejectHeader.OFFSET.addTo(event.headers(), "41");
        return event;
    }

    @Test
    void aRowOfWhichTheExtractorCouldKeepTheKeyAloneIsTooLarge() {
        OpenReject reject = OpenReject.of(empty("70 MiB"));

        assertThat(reject.isTooLarge()).isTrue();
        assertThat(reject.describe(catalog)).contains("id=7", "rows.users-2@41").endsWith("too large for a record");
    }

    @Test
    void anEventThatCameEmptyIsNotTooLarge() {
        ConsumerRecord<byte[], byte[]> event = empty("malformed: not Syncline's");
        RejectHeader.TABLE.addTo(event.headers(), "rows.users");

        OpenReject reject = OpenReject.of(event);

        assertThat(reject.isTooLarge()).isFalse();
        assertThat(reject.describe(catalog)).contains("not Syncline's").endsWith("schema unknown");
    }
}
