package io.syncline.common.event;

/** An event on a rows topic that says nothing, so that its transaction can end another one which Kafka has left open there. */
public final class TransactionEnd {

    private static final AvroRecords RECORDS = new AvroRecords("transaction-end.avsc");

    /** The fingerprint by which it is told from a row. */
    public static final long FINGERPRINT = RECORDS.fingerprint();

    private TransactionEnd() {}

    /** Both the key and the value. */
    public static byte[] bytes() {
        return RECORDS.encodeFramed(RECORDS.create());
    }
}
