package io.syncline.loader.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableId;
import io.syncline.common.model.TargetRules;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.FakeServer;
import io.syncline.loader.SampleColumn;
import io.syncline.loader.SampleTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TargetTablesTest {

    private static final SampleColumn SOURCES =
            SampleColumn.of("n", ColumnKind.LONG).type("bigint").definition("bigint NOT NULL");
    private static final SampleColumn TARGETS =
            SampleColumn.of("n", ColumnKind.INT).type("int").definition("int NOT NULL");

    private final FakeServer server = new FakeServer();
    private final TargetTables tables =
            new TargetTables(server.database(), TableId::table, (connection, source) -> false);

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void aTableThatIsMadeInThePlaceOfALostOneSaysSoOnce() throws SQLException {
        RowSchema users = SampleTable.users().rows();
        List<String> told = new ArrayList<>();
        TargetTables losing = new TargetTables(server.database(), TableId::table, (connection, source) -> {
            assertThat(server.log("CREATE TABLE")).isEmpty();
            told.add(source.table());
            return true;
        });
        server.meanwhile(
                "CREATE TABLE `copy`.`users` (",
                () -> server.holds("users", SampleTarget.like(users).description()));

        assertThatThrownBy(() -> losing.prepare(users)).isInstanceOf(LostTableException.class);
        losing.prepare(users);

        assertThat(told).containsExactly("users");
        assertThat(server.log("CREATE TABLE")).hasSize(1);
    }

    @Test
    void noStagingTableIsTakenForALostOne() throws SQLException {
        RowSchema users = SampleTable.users().rows();
        TargetTables losing = new TargetTables(server.database(), TableId::table, (connection, source) -> {
            throw new AssertionError("not to be asked");
        });
        server.meanwhile(
                "CREATE TABLE `copy`.`stage` (",
                () -> server.holds("stage", SampleTarget.like(users).description()));

        losing.prepare(users, "stage");

        assertThat(server.log("CREATE TABLE")).hasSize(1);
    }

    @Test
    void aTableThatAnotherSessionAltersIsLookedAtAgain() throws SQLException {
        RowSchema users = SampleTable.users().rows();
        server.holds("users", SampleTarget.like(users).description());
        server.yields("FROM information_schema.COLUMNS", List.of());
        server.meanwhile("FROM information_schema.STATISTICS", () -> server.forget("FROM information_schema.COLUMNS"));

        assertThat(tables.prepare(users).description().columns()).isNotEmpty();
    }

    private static RowSchema usersByName() {
        return SampleTable.users()
                .with(SampleColumn.of("version", ColumnKind.LONG).type("bigint"))
                .modifier("version")
                .indexes("PRIMARY KEY (`id`)", "KEY `by_name` (`name`)", "UNIQUE KEY `names` (`name`)")
                .rows();
    }

    @Test
    void indexesThatMayWaitAreNotedBeforeTheTableIsMadeWithoutThem() throws SQLException {
        RowSchema users = usersByName();
        server.meanwhile("CREATE TABLE `copy`.`users` (", () -> {
            assertThat(server.log("INSERT INTO `_syncline_index`"))
                    .singleElement(STRING)
                    .contains("KEY `by_name`");
            server.holds("users", SampleTarget.like(users).description());
        });

        tables.prepare(users);

        assertThat(server.log("CREATE TABLE"))
                .singleElement(STRING)
                .contains("PRIMARY KEY (`id`)", "UNIQUE KEY `names`")
                .doesNotContain("`by_name`");
        assertThat(server.log("DELETE FROM `_syncline_index`")).as("before").hasSize(1);
    }

    @Test
    void aTableThatHasToBeMadeByHandIsGivenNoFurtherIndexes() {
        server.refuses("CREATE TABLE `copy`.`users` (", "no such engine", "42000", 1286);

        assertThatThrownBy(() -> tables.prepare(usersByName())).isInstanceOf(UnfitTargetException.class);

        assertThat(server.log()).last(STRING).startsWith("SELECT RELEASE_LOCK");
        assertThat(server.log("DELETE FROM `_syncline_index`"))
                .as("before and behind")
                .hasSize(2);
    }

    @Test
    void aTableThatIsRefreshedInFullHasAllIndexesAtOnce() throws SQLException {
        RowSchema users = SampleTable.users()
                .indexes("PRIMARY KEY (`id`)", "KEY `by_name` (`name`)")
                .rows();
        server.meanwhile(
                "CREATE TABLE `copy`.`users` (",
                () -> server.holds("users", SampleTarget.like(users).description()));

        tables.prepare(users);

        assertThat(server.log("CREATE TABLE")).singleElement(STRING).contains("KEY `by_name` (`name`)");
        assertThat(server.log("INSERT INTO `_syncline_index`")).isEmpty();
    }

    @Test
    void aColumnIsAddedBehindItsNeighbourInTheWayThatCostsLeast() throws SQLException {
        RowSchema users = SampleTable.users().with(SOURCES).rows();
        server.holds("users", SampleTarget.like(users).without("n").description());

        tables.prepare(users);

        assertThat(server.log("ALTER"))
                .containsExactly(
                        "ALTER TABLE `copy`.`users` ADD COLUMN `n` bigint NOT NULL AFTER `name`, ALGORITHM=INSTANT");
    }

    @Test
    void whatTheServerCannotDoAtOnceIsDoneInTheNextWay() throws SQLException {
        RowSchema users = SampleTable.users().with(SOURCES).rows();
        server.holds("users", SampleTarget.like(users).without("n").description());
        server.refuses("ALGORITHM=INSTANT", "not supported", "0A000", 1845);
        server.refuses("ALGORITHM=INPLACE", "not supported", "0A000", 1846);

        tables.prepare(users);

        assertThat(server.log("ALTER"))
                .hasSize(3)
                .last()
                .isEqualTo("ALTER TABLE `copy`.`users` ADD COLUMN `n` bigint NOT NULL AFTER `name`");
    }

    @Test
    void anotherErrorIsNotAnswerForAnotherWay() {
        RowSchema users = SampleTable.users().with(SOURCES).rows();
        server.holds("users", SampleTarget.like(users).without("n").description());
        server.refuses("ALGORITHM=INSTANT", "denied", "42000", 1142);

        assertThatThrownBy(() -> tables.prepare(users))
                .isInstanceOf(SQLException.class)
                .hasMessage("denied");
        assertThat(server.log("ALTER")).hasSize(1);
    }

    @Test
    void aColumnThatIsTooNarrowHaltsWithTheStatementThatMendsIt() {
        RowSchema users = SampleTable.users().with(SOURCES).rows();
        server.holds("users", SampleTarget.like(users).add(TARGETS).description());

        assertThatThrownBy(() -> tables.prepare(users))
                .isInstanceOf(UnfitTargetException.class)
                .hasMessageContaining("n is int NOT NULL, the source's is bigint NOT NULL;"
                        + " ALTER TABLE `copy`.`users` MODIFY COLUMN `n` bigint NOT NULL, or have the loader");
        assertThat(server.log("ALTER")).isEmpty();
    }

    @Test
    void aColumnThatIsTooNarrowIsWidenedWhereTheRulesSaySo() throws SQLException {
        RowSchema users = SampleTable.users()
                .with(SOURCES)
                .rules(new TargetRules(false, true))
                .rows();
        server.holds("users", SampleTarget.like(users).add(TARGETS).description());

        tables.prepare(users);

        assertThat(server.log("ALTER"))
                .containsExactly("ALTER TABLE `copy`.`users` MODIFY COLUMN `n` bigint NOT NULL, ALGORITHM=INSTANT");
    }

    @Test
    void whatWouldTakeValuesFromTheTargetIsNeverDone() {
        RowSchema users = SampleTable.users()
                .with(SampleColumn.of("n", ColumnKind.LONG).type("int unsigned").definition("int unsigned NOT NULL"))
                .rules(new TargetRules(false, true))
                .rows();
        server.holds("users", SampleTarget.like(users).add(TARGETS).description());

        assertThatThrownBy(() -> tables.prepare(users))
                .isInstanceOf(UnfitTargetException.class)
                .hasMessageEndingWith("ALTER TABLE `copy`.`users` MODIFY COLUMN `n` int unsigned NOT NULL");
        assertThat(server.log("ALTER")).isEmpty();
    }
}
