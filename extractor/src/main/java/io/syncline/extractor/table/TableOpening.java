package io.syncline.extractor.table;

import io.syncline.common.config.TableSettings;
import io.syncline.common.event.Watermark;
import io.syncline.common.event.Watermark.Phase;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableId;
import io.syncline.common.model.TableSchema;
import io.syncline.common.mysql.Quoted;
import io.syncline.common.row.ModifierOrder;
import io.syncline.common.row.RowSchema;
import io.syncline.extractor.publish.TablePublisher;
import io.syncline.extractor.source.AddedColumns;
import io.syncline.extractor.source.SourceTable;
import io.syncline.extractor.source.SourceTables;
import io.syncline.extractor.source.UnfitTableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins work on a table, or begins anew after its structure changed: describes it, publishes its schema version, and
 * decides from the last watermark whether a first copy is due. Belongs to the thread of the owned partition.
 */
final class TableOpening {

    private static final Logger LOG = LoggerFactory.getLogger(TableOpening.class);

    private final TableTools tools;
    private final TableSettings settings;
    private final TableId id;
    private Optional<String> startedOver = Optional.empty();

    TableOpening(TableTools tools, TableSettings settings) {
        this.tools = tools;
        this.settings = settings;
        this.id = new TableId(tools.source().settings().name(), settings.table());
    }

    /** @param restored the table's last watermark, null where it has none */
    TableSession open(@Nullable Watermark restored) throws SQLException, InterruptedException {
        int used = restored == null ? 0 : restored.schemaVersion();
        // a newer one may have been published and have had no consequences yet
        Optional<RowSchema> before = tools.schemas().version(id, used);
        SourceTable table;
        boolean copyDue;
        try (Connection connection = tools.source().connect()) {
            TableSchema structure = SourceTables.describe(connection, id.database(), settings);
            table = new SourceTable(settings, tools.schemas().versionFor(structure, used));
            copyDue = before.isPresent()
                    && AddedColumns.holdValues(connection, before.get().table(), table);
        }
        warnWithoutIndex(table);
        RowsTopic topic = RowsTopic.open(tools, id);
        Watermark watermark = startingPoint(restored, topic, copyDue);
        boolean sameSettings = restored != null && restored.settings().equals(watermark.settings());
        if (before.isPresent() && sameSettings && startedOver.isEmpty()) {
            watermark = withoutForeignCursor(watermark, before.get().table(), table);
        }
        TablePublisher publisher = new TablePublisher(
                tools.producer(),
                tools.topics(),
                topic.name(),
                tools.watermarkPartition(),
                watermark.ends().stream().mapToLong(Long::longValue).toArray());
        TableSession session = new TableSession(tools.source(), table, publisher, tools.fetchLimit(), watermark);
        if (session.beginsAnew() || before.isEmpty() || !before.get().equals(table.schema())) {
            publishSchema(session, before);
        }
        return session;
    }

    /** Why the table starts over although something had been published of it; empty where it goes on, or is new. */
    Optional<String> startedOver() {
        return startedOver;
    }

    private void warnWithoutIndex(SourceTable table) {
        settings.modifier().ifPresent(name -> {
            String first = "(" + Quoted.name(name);
            if (table.schema().table().indexes().stream().noneMatch(index -> index.contains(first))) {
                LOG.warn(
                        "no index begins with the modifier, so every pass reads the whole table={}; ALTER TABLE {} ADD"
                                + " INDEX ({})",
                        id,
                        Quoted.table(id.database(), id.table()),
                        Quoted.name(name));
            }
        });
    }

    private Watermark startingPoint(@Nullable Watermark restored, RowsTopic topic, boolean copyDue) {
        Phase first = settings.modifier().isPresent() ? Phase.FIRST_COPY : Phase.FULL_REFRESH;
        String digest = SettingsDigest.of(settings);
        if (restored == null && topic.isEmpty()) {
            LOG.info("{} table={} reason=new", describe(first), id);
            return WatermarkEdit.beginning(id, digest, first, 0, topic.id(), topic.noEnds());
        }
        startedOver = whatIsGone(restored, topic);
        if (restored == null || startedOver.isPresent()) {
            LOG.warn("{} anew table={} reason={}", describe(first), id, startedOver.orElse(""));
            // later than any generation of the refreshes that are forgotten
            long generation = restored == null ? Instant.now().getEpochSecond() : restored.generation();
            return WatermarkEdit.beginning(id, digest, first, generation, topic.id(), topic.noEnds());
        }
        boolean goesOn = restored.settings().equals(digest)
                && restored.ends().size() == topic.partitions()
                && (restored.phase() == Phase.FULL_REFRESH) == (first == Phase.FULL_REFRESH);
        if (!goesOn) {
            List<Long> ends = restored.ends().size() == topic.partitions() ? restored.ends() : topic.noEnds();
            LOG.info("{} table={} reason=other settings", describe(first), id);
            return WatermarkEdit.beginning(id, digest, first, restored.generation(), topic.id(), ends);
        }
        boolean partlyCopied = restored.phase() == Phase.INCREMENTAL || restored.cursorKey().length > 0;
        if (copyDue && partlyCopied && restored.phase() != Phase.FULL_REFRESH) {
            LOG.info("copying anew table={} reason=added columns hold values", id);
            return WatermarkEdit.beginning(id, digest, first, restored.generation(), topic.id(), restored.ends());
        }
        return restored;
    }

    /** What Kafka has lost of the table, by which others can no longer make it up from the topics. */
    private Optional<String> whatIsGone(@Nullable Watermark restored, RowsTopic topic) {
        if (restored == null) {
            return Optional.of("its watermark is gone from " + tools.topics().watermarks());
        }
        int known = tools.schemas()
                .newest(id)
                .map(schema -> schema.table().version())
                .orElse(0);
        if (known < restored.schemaVersion()) {
            return Optional.of("version " + restored.schemaVersion() + " of its schema is gone from "
                    + tools.topics().schemas());
        }
        return topic.whatIsGone(restored).or(() -> topic.whatWasTakenBack(restored, tools.committed()::readable));
    }

    /**
     * A key whose column changed its type is spelled in another way. Where all versions of a row still share a partition, a
     * pass or copy under way begins again, since the place that it had come to cannot be read any more.
     *
     * @throws UnfitTableException where they do not: a new version could be overtaken by an old one
     */
    private Watermark withoutForeignCursor(Watermark watermark, TableSchema before, SourceTable now) {
        TableSchema after = now.schema().table();
        if (watermark.phase() == Phase.FULL_REFRESH || after.keyColumns().equals(before.keyColumns())) {
            return watermark;
        }
        if (!after.keyForms().equals(before.keyForms())) {
            throw new UnfitTableException(settings.place() + ".primary_key: of " + id + " was a key of "
                    + before.keyForms() + " and is one of " + after.keyForms()
                    + ", so that a row's new versions would lie in other partitions of the topic than its old ones and"
                    + " might be overtaken by them; change the column back, or delete the topic "
                    + tools.topics().rows(id) + " to have the table copied anew");
        }
        if (watermark.cursorKey().length == 0 || sameSpelling(before, after)) {
            return watermark;
        }
        LOG.info("beginning again table={} reason=the key's type changed in the middle", id);
        return watermark.phase() == Phase.FIRST_COPY
                ? WatermarkEdit.beginning(
                        id,
                        watermark.settings(),
                        watermark.phase(),
                        watermark.generation(),
                        watermark.topicId(),
                        watermark.ends())
                : new WatermarkEdit(watermark)
                        .cursor(null, WatermarkEdit.NONE)
                        .nextModifier(null)
                        .toWatermark();
    }

    private static boolean sameSpelling(TableSchema before, TableSchema after) {
        return spelling(before).equals(spelling(after));
    }

    /** What decides of the bytes of a key: INT and BIGINT are written alike. */
    private static List<String> spelling(TableSchema table) {
        return table.keyColumns().stream()
                .map(column -> (column.kind() == ColumnKind.INT ? ColumnKind.LONG : column.kind()) + " "
                        + (column.kind() == ColumnKind.DECIMAL ? column.scale() : 0))
                .toList();
    }

    private static String describe(Phase phase) {
        return phase == Phase.FIRST_COPY ? "first copy" : "full refresh";
    }

    /**
     * A new version travels at once, whether or not a row follows, and with it where a first copy begins. A refreshed table
     * whose columns are other ones loses its digest, which knows values and not what they are called.
     */
    private void publishSchema(TableSession session, Optional<RowSchema> before)
            throws SQLException, InterruptedException {
        RowSchema schema = session.table().schema();
        String bound = session.committed().modifier();
        if (session.copyBegins()) {
            bound = boundBeforeCopy(session.table());
        }
        String from = bound;
        boolean refreshDue = session.committed().phase() == Phase.FULL_REFRESH
                && !before.map(schema::readsLike).orElse(false);
        session.publisher().schema(schema);
        session.commit(watermark ->
                refreshDue ? watermark.modifier(from).digest(WatermarkEdit.NONE) : watermark.modifier(from));
        tools.schemas().committed(schema);
        LOG.info(
                "schema published table={} version={} columns={}",
                id,
                schema.table().version(),
                schema.table().columns().size());
    }

    /** Where incremental passes will begin: at a bound below which everything is visible to the copy. */
    private @Nullable String boundBeforeCopy(SourceTable table) throws SQLException, InterruptedException {
        ModifierOrder order = table.modifierOrder().orElseThrow();
        Bounds bounds = new Bounds(order, settings.lag().orElse(Duration.ZERO), null);
        return new EarlyBound(tools, table, bounds).take();
    }
}
