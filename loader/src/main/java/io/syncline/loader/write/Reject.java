package io.syncline.loader.write;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** An event that the target does not take, and why. */
public record Reject(ConsumerRecord<byte[], byte[]> event, String reason) {}
