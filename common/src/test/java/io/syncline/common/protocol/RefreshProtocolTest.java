package io.syncline.common.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.protocol.RefreshProtocol.Guard;
import io.syncline.common.protocol.RefreshProtocol.Log;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every interleaving of the loaders of two partitions, one of whom may be killed or overtaken, over two generations. */
final class RefreshProtocolTest {

    @ParameterizedTest
    @EnumSource
    void withAllGuardsTheTableHoldsWholeGenerationsAndTheNewestInTheEnd(Log log) {
        Explorer.Result result = Explorer.explore(new RefreshProtocol(log, EnumSet.noneOf(Guard.class)));

        assertThat(result.violation()).isEmpty();
        assertThat(result.states()).isGreaterThan(500);
    }

    @ParameterizedTest
    @EnumSource
    void withoutAGuardSomethingGoesWrong(Guard removed) {
        assertThat(Arrays.stream(Log.values())
                        .map(log -> Explorer.explore(new RefreshProtocol(log, EnumSet.of(removed)))
                                .violation()))
                .anyMatch(Optional::isPresent);
    }
}
