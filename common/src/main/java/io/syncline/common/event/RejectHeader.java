package io.syncline.common.event;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The headers of an event on the rejects topic, which tell where it came from and why it is there. */
public enum RejectHeader {
    REASON,
    TABLE,
    TOPIC,
    TOPIC_ID,
    PARTITION,
    OFFSET,
    /** Of a record without value: the reject before it, of the same row, is of no more concern. */
    CLOSED;

    private final String key = name().toLowerCase(Locale.ROOT);

    public void addTo(Headers headers, String text) {
        headers.add(key, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The header's text; empty where there is none. */
    public String in(Headers headers) {
        Header header = headers.lastHeader(key);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
