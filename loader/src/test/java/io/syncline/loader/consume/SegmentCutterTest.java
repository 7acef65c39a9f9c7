package io.syncline.loader.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.common.event.RefreshMarker;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.SampleRows;
import io.syncline.loader.SampleTable;
import io.syncline.loader.target.UnfitTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SegmentCutterTest {

    private static final TopicPartition PARTITION = new TopicPartition("rows", 0);

    private final RowSchema first = SampleTable.users().rows(1);
    private final RowSchema second = SampleTable.users().rows(2);
    private final RowSchema third = SampleTable.users().rows(3);
    private final SampleRows old = SampleRows.of(first);
    private final SampleRows young = SampleRows.of(second);
    private final Map<Long, RowSchema> published = new HashMap<>();
    private final List<Long> lookups = new ArrayList<>();
    private boolean schemasCanBeRead = true;

    @BeforeEach
    void publish() {
        published.put(first.fingerprint(), first);
        published.put(second.fingerprint(), second);
    }

    private Optional<RowSchema> find(long fingerprint) {
        lookups.add(fingerprint);
        if (!schemasCanBeRead && !published.containsKey(fingerprint)) {
            throw new UnfitTargetException("the schemas cannot be read");
        }
        return Optional.ofNullable(published.get(fingerprint));
    }

    @Test
    void neighboursOfOneKindAreOneSegment() throws InterruptedException {
        assertThat(cut(old.at(5, 1, "a"), old.at(6, 2, "b"), old.at(9, 1, "c")))
                .containsExactly("rows v1 5 6 9 then 10");
    }

    @Test
    void noEventsAreNoSegments() throws InterruptedException {
        assertThat(cut()).isEmpty();
    }

    @Test
    void anotherSchemaVersionBeginsASegment() throws InterruptedException {
        assertThat(cut(old.at(0, 1, "a"), young.at(1, 1, "b"), young.at(2, 2, "c"), old.at(3, 3, "d")))
                .containsExactly("rows v1 0 then 1", "rows v2 1 2 then 3", "rows v1 3 then 4");
    }

    @Test
    void anotherGenerationBeginsASegment() throws InterruptedException {
        assertThat(cut(
                        old.at(0, 1, "a"),
                        old.generation(1).at(1, 1, "b"),
                        old.generation(1).at(2, 2, "b"),
                        old.generation(2).at(3, 1, "c"),
                        old.at(4, 1, "d")))
                .containsExactly(
                        "rows v1 0 then 1",
                        "rows v1 generation 1 1 2 then 3",
                        "rows v1 generation 2 3 then 4",
                        "rows v1 4 then 5");
    }

    @Test
    void aGenerationGoesOnInTheNextCut() throws InterruptedException {
        cut(old.generation(1).at(0, 1, "a"));

        assertThat(cut(old.generation(1).at(1, 1, "a"))).containsExactly("rows v1 generation 1 1 then 2");
        assertThat(cut(young.at(2, 1, "a"))).containsExactly("rows v2 2 then 3");
    }

    @Test
    void aMarkerStandsByItself() throws InterruptedException {
        RefreshMarker marker = new RefreshMarker(RefreshMarker.Kind.END, 4, "1.0", 1, 0, 2, 17);

        List<Segment> segments = SegmentCutter.cut(
                List.of(
                        old.at(0, 1, "a"),
                        SampleRows.event(PARTITION, 1, marker.key(), marker.value()),
                        old.at(2, 2, "b")),
                this::find);

        assertThat(described(segments)).containsExactly("rows v1 0 then 1", "marker then 2", "rows v1 2 then 3");
        assertThat(segments.get(1)).isEqualTo(new Segment.Marker(marker, 2));
    }

    @Test
    void aTombstoneAsksForNothing() throws InterruptedException {
        assertThat(cut(old.at(0, 1, "a"), SampleRows.event(PARTITION, 1, old.key(1), null), old.at(2, 1, "b")))
                .containsExactly("rows v1 0 then 1", "nothing then 2", "rows v1 2 then 3");
    }

    @Test
    void whatSynclineDidNotWriteIsUndecodable() throws InterruptedException {
        byte[] text = "hello, world".getBytes(StandardCharsets.US_ASCII);

        assertThat(cut(
                        SampleRows.event(PARTITION, 0, text, text),
                        SampleRows.event(PARTITION, 1, text, new byte[0]),
                        SampleRows.event(PARTITION, 2, null, old.value(1, "a")),
                        old.at(3, 1, "a")))
                .containsExactly(
                        "undecodable not written by Syncline: no key or no Avro frame then 1",
                        "undecodable not written by Syncline: no key or no Avro frame then 2",
                        "undecodable not written by Syncline: no key or no Avro frame then 3",
                        "rows v1 3 then 4");
    }

    @Test
    void aRejectHoldsTheEventAsItCame() throws InterruptedException {
        ConsumerRecord<byte[], byte[]> event = SampleRows.event(PARTITION, 7, null, new byte[] {1});

        assertThat(SegmentCutter.cut(List.of(event), this::find))
                .singleElement()
                .isInstanceOfSatisfying(
                        Segment.Undecodable.class,
                        segment -> assertThat(segment.reject().event()).isSameAs(event));
    }

    @Test
    void aRowOfAnUnknownSchemaIsUndecodableAndItsNeighboursAreNot() throws InterruptedException {
        assertThat(cut(old.at(0, 1, "a"), SampleRows.of(third).at(1, 1, "b"), old.at(2, 1, "c")))
                .containsExactly(
                        "rows v1 0 then 1",
                        "undecodable no schema of fingerprint " + Long.toHexString(third.fingerprint())
                                + " has been published then 2",
                        "rows v1 2 then 3");
    }

    @Test
    void aSchemaIsLookedUpOnceForNeighbours() throws InterruptedException {
        cut(old.at(0, 1, "a"), old.at(1, 1, "b"), old.at(2, 1, "c"), young.at(3, 1, "d"));

        assertThat(lookups).containsExactly(first.fingerprint(), second.fingerprint());
    }

    @Test
    void aRowWhoseHeadIsCutOffIsUndecodable() throws InterruptedException {
        byte[] whole = old.value(1, "a");

        assertThat(cut(
                        old.at(0, 1, "a"),
                        SampleRows.event(PARTITION, 1, old.key(1), Arrays.copyOf(whole, 10)),
                        SampleRows.event(PARTITION, 2, old.key(1), Arrays.copyOf(whole, 20)),
                        old.at(3, 1, "b")))
                .satisfiesExactly(
                        rows -> assertThat(rows).isEqualTo("rows v1 0 then 1"),
                        bad -> assertThat(bad)
                                .startsWith("undecodable malformed: ")
                                .endsWith("then 2"),
                        bad -> assertThat(bad)
                                .startsWith("undecodable malformed: ")
                                .endsWith("then 3"),
                        rows -> assertThat(rows).isEqualTo("rows v1 3 then 4"));
    }

    @Test
    void aRowWhoseKeyIsCutOffIsUndecodable() throws InterruptedException {
        assertThat(cut(SampleRows.event(PARTITION, 0, new byte[0], old.value(1, "a")), old.at(1, 1, "b")))
                .satisfiesExactly(
                        bad -> assertThat(bad)
                                .startsWith("undecodable malformed: ")
                                .endsWith("then 1"),
                        rows -> assertThat(rows).isEqualTo("rows v1 1 then 2"));
    }

    @Test
    void aMarkerThatIsCutOffIsUndecodable() throws InterruptedException {
        RefreshMarker marker = new RefreshMarker(RefreshMarker.Kind.BEGIN, 4, "1.0", 1, 0, 2, 0);

        assertThat(cut(SampleRows.event(PARTITION, 0, marker.key(), Arrays.copyOf(marker.value(), 12))))
                .singleElement()
                .satisfies(segment -> assertThat(segment)
                        .startsWith("undecodable malformed: ")
                        .endsWith("then 1"));
    }

    @Test
    void aCutThatFailedLeavesNothingForTheNext() throws InterruptedException {
        ConsumerRecord<byte[], byte[]> unknown = SampleRows.of(third).at(2, 1, "c");
        schemasCanBeRead = false;
        assertThatThrownBy(() -> cut(old.at(0, 1, "a"), young.at(1, 1, "b"), unknown))
                .isInstanceOf(UnfitTargetException.class);

        published.put(third.fingerprint(), third);

        assertThat(cut(old.at(0, 1, "a"), young.at(1, 1, "b"), unknown))
                .containsExactly("rows v1 0 then 1", "rows v2 1 then 2", "rows v3 2 then 3");
    }

    @SafeVarargs
    private List<String> cut(ConsumerRecord<byte[], byte[]>... events) throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> event : events) {
            all.add(event);
        }
        return described(SegmentCutter.cut(all, this::find));
    }

    private static List<String> described(List<Segment> segments) {
        return segments.stream().map(SegmentCutterTest::described).toList();
    }

    private static String described(Segment segment) {
        String what;
        if (segment instanceof Segment.Rows rows) {
            what = "rows v" + rows.schema().table().version() + generation(rows.generation());
            for (var row : rows.events()) {
                what += " " + row.event().offset();
            }
        } else if (segment instanceof Segment.Undecodable bad) {
            what = "undecodable " + bad.reject().reason();
        } else {
            what = segment instanceof Segment.Marker ? "marker" : "nothing";
        }
        return what + " then " + segment.nextOffset();
    }

    private static String generation(@Nullable Long number) {
        return number == null ? "" : " generation " + number;
    }
}
