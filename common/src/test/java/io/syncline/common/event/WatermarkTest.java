package io.syncline.common.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.common.event.Watermark.Phase;
import io.syncline.common.model.TableId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WatermarkTest {

    private static final TableId ORDERS = new TableId("shop", "größe `x`");
    private static final byte[] NONE = {};

    @ParameterizedTest
    @EnumSource(Phase.class)
    void everyFieldComesBack(Phase phase) {
        assertComesBack(full(phase));
    }

    @Test
    void absentFieldsComeBackAbsent() {
        assertComesBack(new Watermark(
                ORDERS,
                "",
                Phase.FIRST_COPY,
                0,
                null,
                null,
                null,
                NONE,
                0,
                NONE,
                NONE,
                null,
                0,
                false,
                null,
                List.of(),
                0,
                null));
    }

    @Test
    void anEventOfTheFormerSchemaIsReadAndNamesNoTopic() {
        AvroRecords former = new AvroRecords("former/watermark-1.avsc");
        GenericRecord event = former.create();
        GenericRecord full = new AvroRecords("watermark.avsc")
                .decodeFramed(full(Phase.INCREMENTAL).value(), read -> read);
        former.schema().getFields().forEach(field -> event.put(field.name(), full.get(field.name())));

        Watermark read = Watermark.decode(former.encodeFramed(event));

        assertThat(read.topicId()).isNull();
        assertThat(read.ends()).isEqualTo(full(Phase.INCREMENTAL).ends());
        assertThat(read.loadId()).isEqualTo(full(Phase.INCREMENTAL).loadId());
    }

    private static void assertComesBack(Watermark watermark) {
        assertThat(Watermark.decode(watermark.value()))
                .usingRecursiveComparison()
                .isEqualTo(watermark);
    }

    @Test
    void theKeyNamesTheTable() {
        assertThat(Watermark.decodeKey(full(Phase.INCREMENTAL).key())).isEqualTo(ORDERS);
        assertThat(full(Phase.INCREMENTAL).key()).isEqualTo(Watermark.key(ORDERS));
        assertThat(Watermark.key(new TableId("a", "bc"))).isNotEqualTo(Watermark.key(new TableId("ab", "c")));
    }

    @Test
    void itsEndsCannotBeChanged() {
        List<Long> ends = new ArrayList<>(List.of(1L));
        Watermark watermark = new Watermark(
                ORDERS,
                "",
                Phase.FIRST_COPY,
                0,
                null,
                null,
                null,
                NONE,
                0,
                NONE,
                NONE,
                null,
                0,
                false,
                null,
                ends,
                0,
                null);
        ends.set(0, 2L);

        assertThat(watermark.ends()).containsExactly(1L);
    }

    @Test
    void garbageIsMalformed() {
        byte[] value = full(Phase.INCREMENTAL).value();

        Garbage.isMalformed(value, Watermark::decode);
        Garbage.flippedIsReadOrMalformed(value, Watermark::decode);
    }

    @Test
    void aKeyThatIsGarbageIsMalformed() {
        byte[] key = Watermark.key(ORDERS);
        for (int length = 0; length < key.length; length++) {
            byte[] cut = Arrays.copyOf(key, length);
            assertThatThrownBy(() -> Watermark.decodeKey(cut)).isInstanceOf(MalformedEventException.class);
        }
        assertThatThrownBy(() -> Watermark.decodeKey(new byte[2])).isInstanceOf(MalformedEventException.class);
        assertThatThrownBy(() -> Watermark.decodeKey(Arrays.copyOf(key, key.length + 1)))
                .isInstanceOf(MalformedEventException.class);
    }

    private static Watermark full(Phase phase) {
        return new Watermark(
                ORDERS,
                "digest",
                phase,
                3,
                "2024-02-29 00:00:00",
                "2024-03-01 00:00:00",
                "2024-02-29 12:00:00.000001",
                new byte[] {0, -1},
                12,
                new byte[16],
                new byte[] {1, 2, 3},
                "1700000000.0000001",
                99,
                true,
                "VjLsIq9bTRyQkZ8LHGzWAg",
                List.of(-1L, 0L, Long.MAX_VALUE),
                1_000_000_000_000L,
                Instant.parse("2024-02-29T12:00:00.123Z"));
    }
}
