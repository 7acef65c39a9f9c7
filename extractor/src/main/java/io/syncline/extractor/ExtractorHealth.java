package io.syncline.extractor;

import io.syncline.common.http.Health;
import io.syncline.common.http.ServiceStatus;
import io.syncline.common.model.TableId;
import io.syncline.common.mysql.Database;
import io.syncline.common.mysql.SqlFault;
import io.syncline.common.run.Startup;
import io.syncline.extractor.ownership.TableOwners;
import io.syncline.extractor.table.TableProgress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the extractor says of itself. Thread-safe. */
final class ExtractorHealth implements Health {

    private final Instant startedAt = Instant.now();
    private final Database source;
    private final Startup startup;
    private final Map<TableId, TableProgress> progress = new TreeMap<>();
    private volatile @Nullable TableOwners owners;

    ExtractorHealth(ExtractorSettings settings, Database source, Startup startup) {
        this.source = source;
        this.startup = startup;
        settings.tables().forEach(table -> {
            TableId id = new TableId(settings.source().name(), table.table());
            progress.put(id, new TableProgress(id, table.modifier().isPresent()));
        });
    }

    Map<TableId, TableProgress> progress() {
        return progress;
    }

    void started(TableOwners at) {
        owners = at;
    }

    @Override
    public List<String> whyNotLive() {
        TableOwners running = owners;
        return running == null ? List.of() : running.whyNotLive();
    }

    @Override
    public List<String> whyNotReady() {
        List<String> reasons = new ArrayList<>(whyNotLive());
        TableOwners running = owners;
        if (!startup.waitingFor().isEmpty()) {
            reasons.add("waiting for " + startup.waitingFor());
        } else if (running == null) {
            reasons.add("starting");
        } else {
            reasons.addAll(running.whyNotReady());
            try (Connection connection = source.connect()) {
                if (!connection.isValid(2)) {
                    reasons.add("the source does not answer");
                }
            } catch (SQLException e) {
                reasons.add("the source cannot be reached: " + SqlFault.message(e));
            }
        }
        return reasons;
    }

    @Override
    public ServiceStatus status() {
        Instant now = Instant.now();
        return ServiceStatus.of(
                "extractor",
                startedAt,
                whyNotReady(),
                progress.values().stream().map(table -> table.status(now)).toList());
    }
}
