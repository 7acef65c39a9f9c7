package io.syncline.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatabaseSettingsTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyVariableIsRead() {
        Environment environment = Environment.read(
                Map.of(
                        "SOURCE_DB_HOST", "db.local",
                        "SOURCE_DB_PORT", "3307",
                        "SOURCE_DB_NAME", "shop",
                        "SOURCE_DB_USER", "reader",
                        "SOURCE_DB_PASS", "p#ä ss=w$rd'`\""),
                folder);

        assertThat(DatabaseSettings.read(environment, "SOURCE_DB"))
                .isEqualTo(new DatabaseSettings("SOURCE_DB", "db.local", 3307, "shop", "reader", "p#ä ss=w$rd'`\""));
        assertThat(environment.faults().isEmpty()).isTrue();
    }

    @Test
    void thePortDefaultsTo3306AndThePasswordToNone() {
        Environment environment =
                Environment.read(Map.of("TARGET_DB_HOST", "h", "TARGET_DB_NAME", "n", "TARGET_DB_USER", "u"), folder);

        assertThat(DatabaseSettings.read(environment, "TARGET_DB"))
                .isEqualTo(new DatabaseSettings("TARGET_DB", "h", 3306, "n", "u", ""));
    }

    @ParameterizedTest
    @CsvSource({"disabled, DISABLED", "Verify_CA, VERIFY_CA", "VERIFY_IDENTITY, VERIFY_IDENTITY"})
    void theSslModeIsReadInAnyCase(String written, SslMode mode) {
        assertThat(DatabaseSettings.read(withSslMode(written), "TARGET_DB").sslMode())
                .isEqualTo(mode);
    }

    @Test
    void anSslModeThatIsNoneIsReported() {
        Environment environment = withSslMode("on");

        DatabaseSettings.read(environment, "TARGET_DB");

        assertThatThrownBy(environment.faults()::throwIfAny)
                .hasMessage("TARGET_DB_SSL_MODE: 'on' is not known; write disabled, preferred, required, verify_ca or"
                        + " verify_identity");
    }

    private Environment withSslMode(String mode) {
        return Environment.read(
                Map.of("TARGET_DB_HOST", "h", "TARGET_DB_NAME", "n", "TARGET_DB_USER", "u", "TARGET_DB_SSL_MODE", mode),
                folder);
    }

    @Test
    void whatIsMissingIsReportedTogether() {
        Environment environment = Environment.read(Map.of("SOURCE_DB_PORT", "70000"), folder);

        DatabaseSettings.read(environment, "SOURCE_DB");

        assertThatThrownBy(environment.faults()::throwIfAny)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "SOURCE_DB_HOST: is not set; write the server's host name or address",
                        "SOURCE_DB_PORT: '70000' is not a port; write a whole number from 1 to 65535, as 3306",
                        "SOURCE_DB_NAME: is not set; write the database's name",
                        "SOURCE_DB_USER: is not set; write the name of a user of that server"));
    }

    @Test
    void thePasswordIsNeverPrinted() {
        assertThat(new DatabaseSettings("SOURCE_DB", "h", 1, "n", "u", "secret"))
                .hasToString("u@h:1/n");
    }
}
