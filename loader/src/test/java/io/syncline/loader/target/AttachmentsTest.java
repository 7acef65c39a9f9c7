package io.syncline.loader.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.loader.FakeServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AttachmentsTest {

    private static final String CATALOGUE = "information_schema.REFERENTIAL_CONSTRAINTS";

    private final FakeServer server = new FakeServer();
    private final Connection connection = server.connect();
    private final Attachments attachments = new Attachments("copy");

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void aForeignKeyOfATableThatIsBeingRenamedIsFoundOnMariaDb() throws SQLException {
        server.version("11.4.5-MariaDB").yields(CATALOGUE, count(0));
        beforeTheSecondLook(() -> finds(1));

        assertThat(attachments.hangOn(connection, "users")).isTrue();
        assertThat(looks()).isEqualTo(2);
        assertThat(attachments.hangOn(connection, "users")).isTrue();
        assertThat(looks()).as("what is there is seen at once").isEqualTo(3);
    }

    @Test
    void whatIsGoneIsLookedForTwice() throws SQLException {
        server.version("11.4.5-MariaDB").yields(CATALOGUE, count(1));
        assertThat(attachments.hangOn(connection, "users")).isTrue();

        finds(0);
        assertThat(attachments.hangOn(connection, "users")).isFalse();
        assertThat(looks()).isEqualTo(3);
        assertThat(attachments.hangOn(connection, "users")).isFalse();
        assertThat(looks()).as("nothing is new").isEqualTo(4);

        attachments.forget("users");
        assertThat(attachments.hangOn(connection, "users")).isFalse();
        assertThat(looks()).isEqualTo(6);
    }

    @Test
    void theCatalogueOfMySqlIsTakenAtItsWord() throws SQLException {
        server.yields(CATALOGUE, count(0));

        assertThat(attachments.hangOn(connection, "users")).isFalse();
        assertThat(looks()).isEqualTo(1);
    }

    private void beforeTheSecondLook(Runnable what) {
        server.meanwhile(CATALOGUE, () -> server.meanwhile(CATALOGUE, what));
    }

    private void finds(int count) {
        server.forget(CATALOGUE);
        server.yields(CATALOGUE, count(count));
    }

    private static Map<String, Object> count(int count) {
        return Map.of("1", count);
    }

    private long looks() {
        return server.log().stream().filter(sql -> sql.contains(CATALOGUE)).count();
    }
}
