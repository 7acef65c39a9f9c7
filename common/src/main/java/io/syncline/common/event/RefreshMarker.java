package io.syncline.common.event;

import org.apache.avro.generic.GenericRecord;

/**
 * Begins or ends one generation of a full refresh in one partition of a rows topic.
 *
 * @param rows of the generation in this partition, 0 for BEGIN
 */
public record RefreshMarker(
        Kind kind, long generation, String loadId, int schemaVersion, int partition, int partitions, long rows) {

    /** Which end of a generation a marker stands at. */
    public enum Kind {
        BEGIN,
        END
    }

    private static final AvroRecords VALUES = new AvroRecords("refresh-marker.avsc");
    private static final AvroRecords KEYS = new AvroRecords("marker-key.avsc");

    /** The fingerprint by which a marker is told from a row. */
    public static final long FINGERPRINT = VALUES.fingerprint();

    public byte[] key() {
        GenericRecord key = KEYS.create();
        key.put("kind", KEYS.symbol("kind", kind));
        key.put("partition", partition);
        return KEYS.encodeFramed(key);
    }

    public byte[] value() {
        GenericRecord event = VALUES.create();
        event.put("kind", VALUES.symbol("kind", kind));
        event.put("generation", generation);
        event.put("load_id", loadId);
        event.put("schema_version", schemaVersion);
        event.put("partition", partition);
        event.put("partitions", partitions);
        event.put("rows", rows);
        return VALUES.encodeFramed(event);
    }

    /** @throws MalformedEventException for bytes that are no marker */
    public static RefreshMarker decode(byte[] value) {
        return VALUES.decodeFramed(value, RefreshMarker::of);
    }

    private static RefreshMarker of(GenericRecord event) {
        return new RefreshMarker(
                Kind.valueOf(event.get("kind").toString()),
                (long) event.get("generation"),
                event.get("load_id").toString(),
                (int) event.get("schema_version"),
                (int) event.get("partition"),
                (int) event.get("partitions"),
                (long) event.get("rows"));
    }
}
