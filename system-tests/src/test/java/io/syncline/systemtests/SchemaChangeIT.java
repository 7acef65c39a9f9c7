package io.syncline.systemtests;

import static io.syncline.systemtests.pipeline.Table.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.systemtests.pipeline.Scenario;
import io.syncline.systemtests.pipeline.Table;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables that the target does not have, and columns that come and go while the services run. */
class SchemaChangeIT {

    @RegisterExtension
    final Scenario scenario = new Scenario();

    private final Table people = table("people", "id").modifier("updated_at");
    private final Table flags = table("flags", "id");

    private void create() throws Exception {
        scenario.source()
                .run(
                        """
                        CREATE TABLE people (
                          id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'it''s the key',
                          name VARCHAR(40) CHARACTER SET latin1 NOT NULL DEFAULT 'nobody',
                          mood ENUM('good','bad') NULL DEFAULT 'good',
                          score DECIMAL(12,4) NOT NULL DEFAULT 0.5,
                          updated_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
                          PRIMARY KEY (id), UNIQUE KEY by_name (name), KEY by_update (updated_at, mood)) COMMENT='folk'""",
                        "INSERT INTO people (name) VALUES ('Ann'), ('Bob'), ('Çelik')",
                        "CREATE TABLE flags (id INT PRIMARY KEY, v INT NOT NULL)",
                        "INSERT INTO flags VALUES (1, 1)");
        scenario.sync(people, flags);
        scenario.run();
        scenario.awaitEqual();
    }

    @Test
    void aMissingTableIsMadeFromTheSourcesDefinition() throws Exception {
        create();
        String columns = """
                SELECT column_name, column_type, is_nullable, column_default, extra, column_comment, column_key,
                       character_set_name
                  FROM information_schema.columns
                 WHERE table_schema = DATABASE() AND table_name = 'people' AND column_name NOT LIKE '\\_dlt%'
                 ORDER BY ordinal_position""";
        assertThat(scenario.target().rows(columns)).isEqualTo(scenario.source().rows(columns));
        String indexes = """
                SELECT index_name, seq_in_index, column_name, non_unique FROM information_schema.statistics
                 WHERE table_schema = DATABASE() AND table_name = 'people' ORDER BY 1, 2""";
        assertThat(scenario.target().rows(indexes)).isEqualTo(scenario.source().rows(indexes));
    }

    @Test
    void anAddedColumnArrivesWithoutAnyRowChange() throws Exception {
        create();
        scenario.source()
                .run(
                        "ALTER TABLE people ADD COLUMN phone VARCHAR(20) NULL AFTER name",
                        "ALTER TABLE flags ADD COLUMN note TEXT NULL");
        scenario.eventually(
                "the column is there",
                () -> assertThat(scenario.target()
                                .values(
                                        "SELECT column_type FROM information_schema.columns WHERE table_schema = DATABASE()"
                                                + " AND table_name = 'people' AND column_name = 'phone'"))
                        .containsExactly("varchar(20)"));
        scenario.awaitEqual();

        // a default fills the column of old rows although their modifiers stay
        scenario.source()
                .run(
                        "ALTER TABLE people ADD COLUMN visits INT UNSIGNED NOT NULL DEFAULT 7 FIRST",
                        "UPDATE people SET phone = '1234' WHERE name = 'Ann'",
                        "UPDATE flags SET note = 'é'");
        scenario.awaitEqual();
    }

    @Test
    void aColumnAddedAndFilledWithoutMovingTheModifierArrivesFilled() throws Exception {
        create();
        scenario.source()
                .run(
                        "ALTER TABLE people ADD COLUMN nick VARCHAR(20) NULL, ADD COLUMN age INT NOT NULL",
                        "UPDATE people SET nick = CONCAT(name, 'y'), updated_at = updated_at");
        scenario.awaitEqual();
    }

    @Test
    void aDroppedColumnNeverBlocksRows() throws Exception {
        create();
        scenario.target()
                .run("ALTER TABLE people MODIFY score DECIMAL(12,4) NOT NULL", "ALTER TABLE flags ADD COLUMN w INT");
        scenario.source()
                .run(
                        "ALTER TABLE people DROP COLUMN score, DROP COLUMN mood",
                        "INSERT INTO people (name) VALUES ('Dee')",
                        "UPDATE people SET name = 'Eve' WHERE name = 'Ann'",
                        "ALTER TABLE flags ADD COLUMN extra INT NOT NULL",
                        "INSERT INTO flags VALUES (2, 2, 2)");
        scenario.awaitEqual();
        scenario.source().run("ALTER TABLE flags DROP COLUMN v", "INSERT INTO flags VALUES (3, 3)");
        scenario.awaitEqual();
        assertThat(scenario.target()
                        .values("SELECT column_name FROM information_schema.columns WHERE"
                                + " table_schema = DATABASE() AND table_name IN ('people', 'flags')"))
                .as("columns stay at the target")
                .containsAll(List.of("score", "mood", "v", "w"));
    }
}
