package io.syncline.loader.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.event.Watermark.Phase;
import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableId;
import io.syncline.common.row.RowSchema;
import io.syncline.common.run.StopSignal;
import io.syncline.loader.FakeServer;
import io.syncline.loader.SampleColumn;
import io.syncline.loader.SampleTable;
import io.syncline.loader.catalog.Catalog;
import io.syncline.loader.catalog.SampleCatalog;
import io.syncline.loader.target.PartitionFence;
import io.syncline.loader.target.SampleTarget;
import io.syncline.loader.target.TargetTables;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LaterKeysTest {

    private static final TableId USERS = new TableId("shop", "users");
    private static final String ADD =
            "ALTER TABLE `copy`.`users` ADD KEY `by_name` (`name`), ADD KEY `two` (`name`,`id`), ALGORITHM=INSTANT";

    private final RowSchema users = SampleTable.users()
            .with(SampleColumn.of("version", ColumnKind.LONG).type("bigint"))
            .modifier("version")
            .rows();
    private final FakeServer server = new FakeServer();
    private final Catalog catalog = SampleCatalog.of(users);
    private final TargetTables tables =
            new TargetTables(server.database(), TableId::table, (connection, source) -> false);
    private OptionalLong leadership = OptionalLong.of(7);
    private final LaterKeys keys = new LaterKeys(
            server.database(),
            catalog,
            new PartitionFence("group"),
            tables,
            topic -> topic.equals("rows.users") ? leadership : OptionalLong.empty(),
            new StopSignal());

    @BeforeEach
    void holdTwoIndexesBack() {
        server.holds("users", SampleTarget.like(users).description());
        server.yields(
                "FROM `_syncline_index`",
                List.of(
                        Map.of("1", "users", "2", "KEY `by_name` (`name`)"),
                        Map.of("1", "users", "2", "KEY `two` (`name`,`id`)"),
                        Map.of("1", "another", "2", "KEY `not_ours` (`name`)")));
        applied(10);
    }

    @AfterEach
    void closeServer() {
        server.close();
    }

    private void applied(long nextOffset) {
        server.yields("SELECT partition_number, next_offset", Map.of("1", 0, "2", nextOffset));
    }

    private void published(Phase phase, long end) {
        SampleCatalog.add(catalog, SampleCatalog.published(USERS, phase, end));
    }

    @Test
    void indexesComeInOneStatementWhenTheFirstCopyIsApplied() {
        published(Phase.FIRST_COPY, 5);
        keys.addDue();
        assertThat(server.log("ALTER")).isEmpty();

        published(Phase.INCREMENTAL, 10);
        keys.addDue();
        assertThat(server.log("ALTER")).as("one event is not applied yet").isEmpty();

        applied(11);
        keys.addDue();
        assertThat(server.log("ALTER")).containsExactly(ADD);
        assertThat(server.log("DELETE FROM `_syncline_index`"))
                .containsExactly("DELETE FROM `_syncline_index` WHERE table_name = ? [users]");
    }

    @Test
    void aTableThatChangesAllTheTimeKeepsThemWaitingNoLonger() {
        published(Phase.INCREMENTAL, 9);
        applied(9);
        keys.addDue();
        published(Phase.INCREMENTAL, 20);
        applied(10);

        keys.addDue();

        assertThat(server.log("ALTER")).containsExactly(ADD);
    }

    @Test
    void whatIsDoneCostsNothingMoreUntilTheTableIsLost() {
        published(Phase.INCREMENTAL, 9);
        keys.addDue();
        server.clearLog();

        keys.addDue();
        assertThat(server.log()).isEmpty();

        leadership = OptionalLong.of(8);
        keys.addDue();
        assertThat(server.log("ALTER")).containsExactly(ADD);
    }

    @Test
    void aTableThatAnotherLoaderLeadsIsLeftToIt() {
        published(Phase.INCREMENTAL, 9);
        leadership = OptionalLong.empty();

        keys.addDue();

        assertThat(server.log()).isEmpty();
    }

    @Test
    void oneOfThatNameIsTakenAsItIs() {
        published(Phase.INCREMENTAL, 9);
        server.yields(
                "SHOW CREATE TABLE `copy`.`users`",
                Map.of("1", "users", "2", "CREATE TABLE `users` (`id` int, KEY `By_Name` (`id`)) ENGINE=InnoDB"));

        keys.addDue();

        assertThat(server.log("ALTER"))
                .containsExactly("ALTER TABLE `copy`.`users` ADD KEY `two` (`name`,`id`), ALGORITHM=INSTANT");
    }

    @Test
    void whatTheServerRefusesStaysNoted() {
        published(Phase.INCREMENTAL, 9);
        server.refuses("ADD KEY", "INDEX command denied", "42000", 1142);

        keys.addDue();
        keys.addDue();

        assertThat(server.log("ALTER")).as("it rests for a minute").hasSize(1);
        assertThat(server.log("DELETE FROM `_syncline_index`")).isEmpty();
    }
}
