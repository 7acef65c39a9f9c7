package io.syncline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {

    private static final List<String> CASES = List.of("first-copy", "idle", "micro");

    private static Options of(String... arguments) {
        return Options.of(List.of(arguments), CASES);
    }

    @Test
    void aSmallRunOfAllCasesIsTheDefault() {
        Options options = of();
        assertThat(options.rows()).isEqualTo(200_000);
        assertThat(options.rounds()).isEqualTo(3);
        assertThat(options.wants(new IdleCase(false))).isTrue();
    }

    @Test
    void aCaseOnRequestAloneMustBeNamed() {
        assertThat(of().wants(new MicroCase())).isFalse();
        assertThat(of("--only", "micro").wants(new MicroCase())).isTrue();
    }

    @Test
    void aFullRunHasAMillionRows() {
        assertThat(of("--full").rows()).isEqualTo(1_000_000);
        assertThat(of("--full").full()).isTrue();
    }

    @Test
    void whatIsSaidOfRowsAndRoundsGoesBeforeFull() {
        assertThat(of("--rows", "7", "--full", "--rounds", "2"))
                .isEqualTo(new Options(true, List.of(), 7, 2, true, Optional.empty()));
    }

    @Test
    void onlyTheNamedCasesAreWanted() {
        Options options = of("--only", "idle");
        assertThat(options.wants(new IdleCase(false))).isTrue();
        assertThat(options.wants(new StartCase())).isFalse();
    }

    @Test
    void peersAreLeftOutOnDemand() {
        assertThat(of().peers()).isTrue();
        assertThat(of("--without-peers").peers()).isFalse();
    }

    @Test
    void theJarsOfKafkaConnectJdbcAreInAFolder(@TempDir Path folder) throws IOException {
        String name = folder.toString();
        assertThat(of().connectJdbc()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("--connect-jdbc", name))
                .withMessage("'" + name + "' has no jars");
        Files.createFile(folder.resolve("connector.jar"));
        assertThat(of("--connect-jdbc", name).connectJdbc()).contains(folder);
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> of("--fast")).withMessage("'--fast' is not known");
        assertThatIllegalArgumentException().isThrownBy(() -> of("--only", "x")).withMessage("there is no case 'x'");
        assertThatIllegalArgumentException().isThrownBy(() -> of("--rows")).withMessage("'--rows' needs a value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("--rows", "0"))
                .withMessage("'0' is not a number above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("--rounds", "many"))
                .withMessage("'many' is not a number above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("--connect-jdbc", "no/such"))
                .withMessage("there is no folder 'no/such'");
    }
}
