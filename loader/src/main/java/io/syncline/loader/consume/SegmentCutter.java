package io.syncline.loader.consume;

import io.syncline.common.event.MalformedEventException;
import io.syncline.common.event.RefreshMarker;
import io.syncline.common.event.TransactionEnd;
import io.syncline.common.row.MalformedRowException;
import io.syncline.common.row.RowDecoder;
import io.syncline.common.row.RowSchema;
import io.syncline.common.row.SingleObject;
import io.syncline.loader.write.Reject;
import io.syncline.loader.write.RowEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Cuts a batch of one partition's events into {@link Segment}s, and keeps nothing of it. */
final class SegmentCutter {

    /** Finds the schema of a fingerprint, even if it takes a wait; empty for one that nobody has published. */
    interface Schemas {
        Optional<RowSchema> find(long fingerprint) throws InterruptedException;
    }

    private record Version(RowSchema schema, RowDecoder decoder) {}

    private final Schemas schemas;
    private final List<Segment> segments = new ArrayList<>();
    private List<RowEvent> rows = new ArrayList<>();
    private @Nullable Version version;
    private @Nullable Long generation;

    private SegmentCutter(Schemas schemas) {
        this.schemas = schemas;
    }

    static List<Segment> cut(List<ConsumerRecord<byte[], byte[]>> events, Schemas schemas) throws InterruptedException {
        return new SegmentCutter(schemas).cut(events);
    }

    private List<Segment> cut(List<ConsumerRecord<byte[], byte[]>> events) throws InterruptedException {
        for (ConsumerRecord<byte[], byte[]> event : events) {
            try {
                add(event);
            } catch (MalformedEventException | MalformedRowException e) {
                addSingle(
                        new Segment.Undecodable(new Reject(event, "malformed: " + e.getMessage()), event.offset() + 1));
            }
        }
        closeRows();
        return segments;
    }

    private void add(ConsumerRecord<byte[], byte[]> event) throws InterruptedException {
        long next = event.offset() + 1;
        if (event.value() == null) {
            addSingle(new Segment.Nothing(next));
            return;
        }
        OptionalLong fingerprint = SingleObject.fingerprint(event.value());
        if (fingerprint.isEmpty() || event.key() == null) {
            addSingle(new Segment.Undecodable(
                    new Reject(event, "not written by Syncline: no key or no Avro frame"), next));
        } else if (fingerprint.getAsLong() == RefreshMarker.FINGERPRINT) {
            addSingle(new Segment.Marker(RefreshMarker.decode(event.value()), next));
        } else if (fingerprint.getAsLong() == TransactionEnd.FINGERPRINT) {
            addSingle(new Segment.Nothing(next));
        } else {
            addRow(event, fingerprint.getAsLong());
        }
    }

    private void addRow(ConsumerRecord<byte[], byte[]> event, long fingerprint) throws InterruptedException {
        Version known = version;
        if (known == null || known.schema().fingerprint() != fingerprint) {
            Optional<RowSchema> found = schemas.find(fingerprint);
            if (found.isEmpty()) {
                String reason = "no schema of fingerprint " + Long.toHexString(fingerprint) + " has been published";
                addSingle(new Segment.Undecodable(new Reject(event, reason), event.offset() + 1));
                return;
            }
            closeRows();
            known = new Version(found.get(), new RowDecoder(found.get()));
            version = known;
        }
        known.decoder().requireKey(event.key());
        Long its = known.decoder().begin(event.value()).generation();
        if (!Objects.equals(its, generation)) {
            closeRows();
            generation = its;
        }
        rows.add(new RowEvent(event));
    }

    private void addSingle(Segment single) {
        closeRows();
        segments.add(single);
    }

    private void closeRows() {
        Version known = version;
        if (!rows.isEmpty() && known != null) {
            long last = rows.get(rows.size() - 1).event().offset();
            segments.add(new Segment.Rows(known.schema(), generation, rows, last + 1));
            rows = new ArrayList<>();
        }
    }
}
