package io.syncline.extractor.table;

import io.syncline.common.event.Topics;
import io.syncline.common.kafka.CommittedEvents;
import io.syncline.common.kafka.TopicCreator;
import io.syncline.common.mysql.Database;
import io.syncline.extractor.publish.PublishedSchemas;
import io.syncline.extractor.publish.TopicWatch;
import io.syncline.extractor.source.SourceClock;
import io.syncline.extractor.source.StructureWatch;
import org.apache.kafka.clients.producer.Producer;

/** What the tables of one owned partition share. */
public record TableTools(
        Database source,
        SourceClock clock,
        StructureWatch structure,
        PublishedSchemas schemas,
        TopicCreator topicCreator,
        TopicWatch watch,
        CommittedEvents committed,
        Topics topics,
        Producer<byte[], byte[]> producer,
        int watermarkPartition,
        int fetchLimit) {}
