package io.syncline.common.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.protocol.LoaderOwnership.Guard;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every interleaving of two loaders that hold one partition in turn, or believe they do. */
final class LoaderOwnershipTest {

    @Test
    void withAllGuardsNoRowIsLostOrStaleAndNobodyIsStuck() {
        Explorer.Result result = Explorer.explore(new LoaderOwnership(EnumSet.noneOf(Guard.class)));

        assertThat(result.violation()).isEmpty();
        assertThat(result.states()).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @EnumSource
    void withoutAGuardSomethingGoesWrong(Guard removed) {
        Explorer.Result result = Explorer.explore(new LoaderOwnership(EnumSet.of(removed)));

        assertThat(result.violation()).isPresent();
    }
}
